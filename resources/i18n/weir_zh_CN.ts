<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>weir::Animation</name>
    <message>
        <source>An animation is being made already.</source>
        <translation>已经在生成动画。</translation>
    </message>
    <message>
        <source>Animations need the program ffmpeg (Debian: apt install ffmpeg).</source>
        <translation>生成动画需要 ffmpeg 程序（Debian：apt install ffmpeg）。</translation>
    </message>
    <message>
        <source>There is no time between the beginning and the end.</source>
        <translation>开始和结束之间没有时间。</translation>
    </message>
    <message>
        <source>That would be %1 frames, at most %2 are possible. Choose a shorter stretch or a higher speed.</source>
        <translation>这将有 %1 帧，最多只能 %2 帧。请选择更短的时间段或更高的速度。</translation>
    </message>
    <message>
        <source>ffmpeg ended with code %1.</source>
        <translation>ffmpeg 以代码 %1 结束。</translation>
    </message>
</context>
<context>
    <name>weir::AttachPopup</name>
    <message>
        <source>"%1" is no endpoint. Write tcp://host:port or ipc://path.</source>
        <translation>“%1”不是有效的端点。请写成 tcp://host:port 或 ipc://path。</translation>
    </message>
    <message>
        <source>Enter watches what is published there as CloudEvents in JSON.</source>
        <translation>按回车键观测该处以 JSON 格式 CloudEvents 发布的事件。</translation>
    </message>
    <message>
        <source>Attach to a running system</source>
        <translation>附加到运行中的系统</translation>
    </message>
    <message>
        <source>ZeroMQ endpoints</source>
        <translation>ZeroMQ 端点</translation>
    </message>
</context>
<context>
    <name>weir::Behaviour</name>
    <message>
        <source>%1 users</source>
        <translation>%1 个用户</translation>
    </message>
    <message>
        <source>at given times</source>
        <translation>按给定时刻</translation>
    </message>
    <message>
        <source>fail</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>crash</source>
        <translation>崩溃</translation>
    </message>
    <message>
        <source>crash after the work</source>
        <translation>处理完成后崩溃</translation>
    </message>
    <message>
        <source>reject</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>when %1</source>
        <translation>当 %1 时</translation>
    </message>
    <message>
        <source>in the first %1 attempts</source>
        <translation>仅前 %1 次尝试</translation>
    </message>
    <message>
        <source>by %1</source>
        <translation>依据 %1</translation>
    </message>
    <message>
        <source>Takes</source>
        <translation>处理时间</translation>
    </message>
    <message>
        <source>Workers each</source>
        <translation>每实例线程</translation>
    </message>
    <message>
        <source>Prefetch</source>
        <translation>预取</translation>
    </message>
    <message>
        <source>Only where</source>
        <translation>仅当</translation>
    </message>
    <message>
        <source>Acks</source>
        <translation>确认(ack)</translation>
    </message>
    <message>
        <source>on delivery</source>
        <translation>送达即确认</translation>
    </message>
    <message>
        <source>Fails</source>
        <translation>故障</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Idempotent</source>
        <translation>幂等</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Emits</source>
        <translation>发出</translation>
    </message>
    <message>
        <source>then reject</source>
        <translation>满则拒绝</translation>
    </message>
    <message>
        <source>then drop the oldest</source>
        <translation>满则丢弃最旧</translation>
    </message>
    <message>
        <source>then drop the newest</source>
        <translation>满则丢弃最新</translation>
    </message>
    <message>
        <source>then block the producer</source>
        <translation>满则阻塞生产者</translation>
    </message>
    <message>
        <source>topic</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>stream</source>
        <translation>流</translation>
    </message>
    <message>
        <source>exchange, direct</source>
        <translation>直连(direct)交换机</translation>
    </message>
    <message>
        <source>exchange, fan-out</source>
        <translation>扇出(fanout)交换机</translation>
    </message>
    <message>
        <source>exchange, topic</source>
        <translation>主题(topic)交换机</translation>
    </message>
    <message>
        <source>mean %1</source>
        <translation>均值 %1</translation>
    </message>
    <message>
        <source>mean without end</source>
        <translation>均值无穷大</translation>
    </message>
    <message>
        <source>without end</source>
        <translation>无限次</translation>
    </message>
    <message>
        <source>at once</source>
        <translation>立即</translation>
    </message>
    <message>
        <source>each after %1</source>
        <translation>每次间隔 %1</translation>
    </message>
    <message>
        <source>linear</source>
        <translation>线性退避</translation>
    </message>
    <message>
        <source>%1 first</source>
        <translation>首次 %1</translation>
    </message>
    <message>
        <source>exponential</source>
        <translation>指数退避</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>消息源</translation>
    </message>
    <message>
        <source>Instances</source>
        <translation>实例</translation>
    </message>
    <message>
        <source>On %1</source>
        <translation>消费自 %1</translation>
    </message>
    <message>
        <source>On</source>
        <translation>消费自</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Bound to</source>
        <translation>绑定到</translation>
    </message>
    <message>
        <source>Capacity</source>
        <translation>容量</translation>
    </message>
    <message>
        <source>unbounded</source>
        <translation>无上限</translation>
    </message>
    <message>
        <source>Expires after</source>
        <translation>过期时间</translation>
    </message>
    <message>
        <source>Delay</source>
        <translation>延时投递</translation>
    </message>
    <message>
        <source>Priorities</source>
        <translation>优先级数</translation>
    </message>
    <message>
        <source>Retains</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>%1 per partition</source>
        <translation>每分区 %1 条</translation>
    </message>
    <message>
        <source>Ack timeout</source>
        <translation>确认超时</translation>
    </message>
    <message>
        <source>Dead letters</source>
        <translation>死信</translation>
    </message>
    <message>
        <source>are dropped</source>
        <translation>直接丢弃</translation>
    </message>
    <message>
        <source>1 in %1</source>
        <translation>每 %1 次中 1 次</translation>
    </message>
    <message>
        <source>1 instance</source>
        <translation>1 个实例</translation>
    </message>
    <message>
        <source>%1 instances</source>
        <translation>%1 个实例</translation>
    </message>
    <message>
        <source>1 worker</source>
        <translation>1 个线程</translation>
    </message>
    <message>
        <source>%1 workers</source>
        <translation>%1 个线程</translation>
    </message>
    <message>
        <source>1 partition</source>
        <translation>1 个分区</translation>
    </message>
    <message>
        <source>%1 partitions</source>
        <translation>%1 个分区</translation>
    </message>
</context>
<context>
    <name>weir::Biography</name>
    <message>
        <source>%1: on its way</source>
        <translation>%1：在途中</translation>
    </message>
    <message>
        <source>%1: held back for %2 so far</source>
        <translation>%1：延时投递中，已延时 %2</translation>
    </message>
    <message>
        <source>%1: has been waiting for %2</source>
        <translation>%1：已等待 %2</translation>
    </message>
    <message>
        <source>%1: waits again, for %2 so far</source>
        <translation>%1：重新等待，已 %2</translation>
    </message>
    <message>
        <source>%1: delivered to %2, not begun yet</source>
        <translation>%1：已送达 %2，尚未开始处理</translation>
    </message>
    <message>
        <source>%1: in the hands of %2 for %3</source>
        <translation>%1：%2 正在处理，已 %3</translation>
    </message>
    <message>
        <source>%1: %2 is done, its ack is on the way</source>
        <translation>%1：%2 处理完成，确认正在途中</translation>
    </message>
    <message>
        <source>%1: %2 failed</source>
        <translation>%1：%2 处理失败</translation>
    </message>
    <message>
        <source>%1: taken back from %2, its ack did not come in time</source>
        <translation>%1：已从 %2 收回，确认未及时到达</translation>
    </message>
    <message>
        <source>%1: failed, comes again %2 after that</source>
        <translation>%1：处理失败，%2 后重试</translation>
    </message>
    <message>
        <source>%1: acked by %2, %3 after it was published</source>
        <translation>%1：已由 %2 确认，距发布 %3</translation>
    </message>
    <message>
        <source>%1: given up and put aside as a dead letter</source>
        <translation>%1：已放弃，转入死信</translation>
    </message>
    <message>
        <source>%1: expired</source>
        <translation>%1：已过期</translation>
    </message>
    <message>
        <source>%1: dropped</source>
        <translation>%1：已丢弃</translation>
    </message>
    <message>
        <source>%1: purged</source>
        <translation>%1：已清除</translation>
    </message>
    <message>
        <source>%1: lost</source>
        <translation>%1：已丢失</translation>
    </message>
    <message>
        <source>Refused by the broker</source>
        <translation>被代理(broker)拒绝</translation>
    </message>
    <message>
        <source>Passed over: its id had been seen before</source>
        <translation>已跳过：此前出现过相同的 id</translation>
    </message>
    <message>
        <source>Reached nobody: no binding took it</source>
        <translation>无人接收：没有匹配的绑定</translation>
    </message>
    <message>
        <source>Held: its producer waits for room</source>
        <translation>暂留：生产者正在等待空位</translation>
    </message>
    <message>
        <source>Held: a rate limit delays it</source>
        <translation>暂留：因限流而推迟</translation>
    </message>
    <message>
        <source>Published, on its way to the broker</source>
        <translation>已发布，正在前往代理(broker)</translation>
    </message>
    <message>
        <source>, attempt %1</source>
        <translation>，第 %1 次尝试</translation>
    </message>
    <message>
        <source>%1, backing off</source>
        <translation>%1，退避中</translation>
    </message>
    <message>
        <source>%1, delayed</source>
        <translation>%1，延时中</translation>
    </message>
</context>
<context>
    <name>weir::BottleneckBanner</name>
    <message>
        <source>Bottleneck: %1</source>
        <translation>瓶颈：%1</translation>
    </message>
    <message>
        <source>%1 grows by %2</source>
        <translation>%1 正以 %2 增长</translation>
    </message>
    <message>
        <source>1 more worker would hold it</source>
        <translation>再增加 1 个工作线程即可稳住</translation>
    </message>
    <message>
        <source>%1 more workers would hold it</source>
        <translation>再增加 %1 个工作线程即可稳住</translation>
    </message>
    <message>
        <source>nobody works on it</source>
        <translation>当前无人处理</translation>
    </message>
    <message>
        <source>Show %1</source>
        <translation>显示 %1</translation>
    </message>
</context>
<context>
    <name>weir::Canvas</name>
    <message>
        <source>Too many to draw one by one: %1 hops shown as rivers</source>
        <translation>消息过多，无法逐条绘制：%1 次跳转以流线表示</translation>
    </message>
    <message>
        <source>%1 hops were not drawn</source>
        <translation>%1 次跳转未绘制</translation>
    </message>
    <message>
        <source>&amp;Fit everything</source>
        <translation>适应窗口(&amp;F)</translation>
    </message>
    <message>
        <source>Show the whole topology</source>
        <translation>显示整个拓扑</translation>
    </message>
    <message>
        <source>Zoom to &amp;100 %</source>
        <translation>缩放到 &amp;100 %</translation>
    </message>
    <message>
        <source>Show the topology at its own size</source>
        <translation>按原始大小显示拓扑</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>放大(&amp;I)</translation>
    </message>
    <message>
        <source>Show the topology larger</source>
        <translation>放大显示拓扑</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>缩小(&amp;O)</translation>
    </message>
    <message>
        <source>Show the topology smaller</source>
        <translation>缩小显示拓扑</translation>
    </message>
    <message>
        <source>&amp;Arrange anew</source>
        <translation>重新排列(&amp;A)</translation>
    </message>
    <message>
        <source>Find places for all nodes, whatever was given or dragged</source>
        <translation>重新为所有节点安排位置，忽略文件给定或拖动的位置</translation>
    </message>
    <message>
        <source>&amp;Reduce motion</source>
        <translation>减少动画(&amp;R)</translation>
    </message>
    <message>
        <source>Show figures only, no messages on their way</source>
        <translation>只显示数据，不显示途中的消息</translation>
    </message>
    <message>
        <source>Open a scenario</source>
        <translation>打开场景</translation>
    </message>
    <message>
        <source>File &gt; Open, or drop a file here</source>
        <translation>文件 &gt; 打开，或将文件拖到此处</translation>
    </message>
    <message>
        <source>Canvas</source>
        <translation>画布</translation>
    </message>
    <message>
        <source>down</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>sends %1</source>
        <translation>发送 %1</translation>
    </message>
    <message>
        <source>source</source>
        <translation>消息源</translation>
    </message>
    <message>
        <source>%1 × %2 workers</source>
        <translation>%1 × %2 线程</translation>
    </message>
    <message>
        <source>%1 down</source>
        <translation>%1 个已停止</translation>
    </message>
    <message>
        <source>topic</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>exchange</source>
        <translation>交换机</translation>
    </message>
    <message>
        <source>lag %1</source>
        <translation>滞后 %1</translation>
    </message>
</context>
<context>
    <name>weir::Charts</name>
    <message>
        <source>Open a scenario to see its curves</source>
        <translation>打开场景以查看曲线</translation>
    </message>
    <message>
        <source>Nothing to show yet for %1</source>
        <translation>%1 暂无数据</translation>
    </message>
    <message>
        <source>Throughput</source>
        <translation>吞吐量</translation>
    </message>
    <message>
        <source>Throughput of %1</source>
        <translation>%1 的吞吐量</translation>
    </message>
    <message>
        <source>Waiting in all queues</source>
        <translation>所有队列的积压</translation>
    </message>
    <message>
        <source>Waiting in %1</source>
        <translation>%1 的积压</translation>
    </message>
    <message>
        <source>End-to-end latency</source>
        <translation>端到端延迟</translation>
    </message>
    <message>
        <source>Wait in %1</source>
        <translation>%1 的等待时间</translation>
    </message>
    <message>
        <source>Service time of %1</source>
        <translation>%1 的处理时间</translation>
    </message>
    <message>
        <source>in</source>
        <translation>流入</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>depth</source>
        <translation>深度</translation>
    </message>
    <message>
        <source>Charts</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>深度</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>Messages a second: in, done, failed</source>
        <translation>每秒消息数：流入、完成、失败</translation>
    </message>
    <message>
        <source>Copies that wait to be handled</source>
        <translation>等待处理的副本数</translation>
    </message>
    <message>
        <source>Percentiles of the time that things take</source>
        <translation>耗时的百分位数</translation>
    </message>
</context>
<context>
    <name>weir::ClockLabel</name>
    <message>
        <source>Simulated time</source>
        <translation>模拟时间</translation>
    </message>
</context>
<context>
    <name>weir::CommandPalette</name>
    <message>
        <source>Nothing fits. Try fewer letters.</source>
        <translation>没有匹配项。请少输入几个字母。</translation>
    </message>
    <message>
        <source>and %1 more: type to find them</source>
        <translation>还有 %1 项：输入文字即可查找</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>命令面板</translation>
    </message>
    <message>
        <source>Search or run a command</source>
        <translation>搜索或执行命令</translation>
    </message>
    <message>
        <source>A command, a service, a channel or an event type</source>
        <translation>命令、服务、通道或事件类型</translation>
    </message>
    <message>
        <source>What fits</source>
        <translation>匹配项</translation>
    </message>
</context>
<context>
    <name>weir::Commands</name>
    <message>
        <source>&amp;Command Palette…</source>
        <translation>命令面板(&amp;C)…</translation>
    </message>
    <message>
        <source>Search or run a command</source>
        <translation>搜索或执行命令</translation>
    </message>
    <message>
        <source>&amp;Keyboard Shortcuts</source>
        <translation>键盘快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>所有快捷键</translation>
    </message>
</context>
<context>
    <name>weir::DetailsView</name>
    <message>
        <source>Message %1</source>
        <translation>消息 %1</translation>
    </message>
    <message>
        <source>Its records are no longer kept, so there is nothing more to say of it</source>
        <translation>其记录已不再保留，无法显示更多内容</translation>
    </message>
    <message>
        <source>Click a row of the trace, or a message on the canvas, to see what became of it</source>
        <translation>单击轨迹中的一行或画布上的一条消息，查看其去向</translation>
    </message>
    <message>
        <source>%1 or more</source>
        <translation>≥ %1</translation>
    </message>
    <message>
        <source>the first %1 of %2</source>
        <translation>前 %1 条，共 %2</translation>
    </message>
    <message>
        <source>What became of it</source>
        <translation>去向</translation>
    </message>
    <message>
        <source>Where its time went</source>
        <translation>时间分布</translation>
    </message>
    <message>
        <source>Causes and effects</source>
        <translation>因果关系</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Event as JSON</source>
        <translation>事件的 JSON</translation>
    </message>
</context>
<context>
    <name>weir::Exports</name>
    <message>
        <source>Making the report</source>
        <translation>正在生成报告</translation>
    </message>
    <message>
        <source>Making the animation</source>
        <translation>正在生成动画</translation>
    </message>
    <message>
        <source>The animation could not be made: %1</source>
        <translation>无法生成动画：%1</translation>
    </message>
    <message>
        <source>The report could not be written: %1</source>
        <translation>无法写入报告：%1</translation>
    </message>
    <message>
        <source>Save the Report</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <source>Reports (*.html *.pdf)</source>
        <translation>报告 (*.html *.pdf)</translation>
    </message>
    <message>
        <source>Save the Animation</source>
        <translation>保存动画</translation>
    </message>
    <message>
        <source>Animations (*.webm *.gif)</source>
        <translation>动画 (*.webm *.gif)</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>已写入：%1</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Export &amp;Report…</source>
        <translation>导出报告(&amp;R)…</translation>
    </message>
    <message>
        <source>Canvas, figures, ledger, charts and findings as HTML and PDF</source>
        <translation>把画布、指标、台账、图表和检查结果导出为 HTML 和 PDF</translation>
    </message>
    <message>
        <source>Export &amp;Animation…</source>
        <translation>导出动画(&amp;A)…</translation>
    </message>
    <message>
        <source>The selected stretch of time, or the ten seconds before now, as WebM or GIF</source>
        <translation>把所选时间段（或此刻之前十秒）导出为 WebM 或 GIF</translation>
    </message>
</context>
<context>
    <name>weir::FilterField</name>
    <message>
        <source>metric() and state() are figures of the run: a record has none to filter by</source>
        <translation>metric() 和 state() 是整个运行的数据：单条记录没有，不能用于过滤</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>过滤</translation>
    </message>
    <message>
        <source>Filter, such as type LIKE 'payment.%' AND attempt &gt; 1</source>
        <translation>过滤，例如 type LIKE 'payment.%' AND attempt &gt; 1</translation>
    </message>
    <message>
        <source>An expression in CloudEvents SQL: keeps the records for which it holds, hides the others.
Attributes and data of the event, and of the record: kind channel subscription service instance attempt reason latency at.
kind = 'deadLettered'
service = 'payment-service' AND latency &gt; 1s
data.totalAmount &gt; 100 AND type LIKE 'order.%'
Up and Down, or Alt+Left and Alt+Right: filters used before. Esc: none.</source>
        <translation>CloudEvents SQL 表达式：保留满足条件的记录，隐藏其余记录。
可用事件的属性和数据，以及记录的字段：kind channel subscription service instance attempt reason latency at。
kind = 'deadLettered'
service = 'payment-service' AND latency &gt; 1s
data.totalAmount &gt; 100 AND type LIKE 'order.%'
上下方向键，或 Alt+左、Alt+右：用过的过滤条件。Esc：清除过滤。</translation>
    </message>
</context>
<context>
    <name>weir::Findings</name>
    <message>
        <source>%1 retries without end</source>
        <translation>%1 无限重试</translation>
    </message>
    <message>
        <source>What %1 cannot deliver is dropped</source>
        <translation>%1 无法投递的消息会被丢弃</translation>
    </message>
    <message>
        <source>%1 acks on delivery: what it fails at is lost</source>
        <translation>%1 送达即确认：处理失败的消息会丢失</translation>
    </message>
    <message>
        <source>%2 delivers at least once, %1 is not idempotent</source>
        <translation>%2 为至少一次投递，而 %1 不幂等</translation>
    </message>
    <message>
        <source>Ack timeout %1 is shorter than the mean work of %2 s</source>
        <translation>确认超时 %1 短于平均处理时间 %2 s</translation>
    </message>
    <message>
        <source>Ack timeout %1 is shorter than the p99 work of %2 s</source>
        <translation>确认超时 %1 短于 p99 处理时间 %2 s</translation>
    </message>
    <message>
        <source>Events go round: %1</source>
        <translation>事件循环：%1</translation>
    </message>
    <message>
        <source>Producers can block each other: %1</source>
        <translation>生产者可能互相阻塞：%1</translation>
    </message>
    <message>
        <source>Overload: %1/s need %2 workers, there are %3</source>
        <translation>过载：%1/s 需要 %2 个工作线程，现有 %3 个</translation>
    </message>
    <message>
        <source>Offered load %1 of capacity</source>
        <translation>负载为容量的 %1</translation>
    </message>
    <message>
        <source>Offered load up to %1 of capacity</source>
        <translation>负载峰值为容量的 %1</translation>
    </message>
    <message>
        <source>No service has a source: nothing will happen</source>
        <translation>没有任何服务含有消息源：不会发生任何事</translation>
    </message>
    <message>
        <source>A source of %1 never emits</source>
        <translation>%1 的一个消息源从不发出事件</translation>
    </message>
    <message>
        <source>Nobody emits %1</source>
        <translation>没有服务发出 %1</translation>
    </message>
    <message>
        <source>Nobody consumes %1</source>
        <translation>没有服务消费 %1</translation>
    </message>
    <message>
        <source>%1 reaches no queue by way of %2</source>
        <translation>%1 经由 %2 到达不了任何队列</translation>
    </message>
    <message>
        <source>The binding of %1 to %2 never matches</source>
        <translation>%1 到 %2 的绑定从不匹配</translation>
    </message>
    <message>
        <source>Nothing ever reaches %1 on %2</source>
        <translation>没有消息会经 %2 到达 %1</translation>
    </message>
    <message>
        <source>Nobody reads %1</source>
        <translation>没有消费者读取 %1</translation>
    </message>
    <message>
        <source>%1 has nothing to do</source>
        <translation>%1 无事可做</translation>
    </message>
    <message>
        <source>%1 consumers share %2 partitions</source>
        <translation>%1 个消费者共享 %2 个分区</translation>
    </message>
    <message>
        <source>The fault of %1 comes after the end of the run</source>
        <translation>%1 的故障晚于运行结束</translation>
    </message>
    <message>
        <source>An expectation asks for %1, which is not there</source>
        <translation>某项期望引用了不存在的 %1</translation>
    </message>
    <message>
        <source>%1 asks for what it cannot see</source>
        <translation>%1 引用了其无法获知的内容</translation>
    </message>
    <message>
        <source>Too large to compute every load and loop</source>
        <translation>规模过大，无法计算全部负载和循环</translation>
    </message>
</context>
<context>
    <name>weir::Help</name>
    <message>
        <source>&amp;Weir Help</source>
        <translation>Weir 帮助(&amp;W)</translation>
    </message>
    <message>
        <source>How to read and use what you are at</source>
        <translation>如何阅读和使用当前的内容</translation>
    </message>
</context>
<context>
    <name>weir::HelpView</name>
    <message>
        <source>Nothing has these words.</source>
        <translation>没有内容包含这些词。</translation>
    </message>
    <message>
        <source>Weir Help</source>
        <translation>Weir 帮助</translation>
    </message>
    <message>
        <source>Search the help</source>
        <translation>搜索帮助</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Text of the page</source>
        <translation>页面正文</translation>
    </message>
</context>
<context>
    <name>weir::HoverWords</name>
    <message>
        <source>Instances</source>
        <translation>实例</translation>
    </message>
    <message>
        <source>%1, %2 down</source>
        <translation>%1，其中 %2 个已停止</translation>
    </message>
    <message>
        <source>Busy workers</source>
        <translation>忙碌的工作线程</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Utilisation</source>
        <translation>利用率</translation>
    </message>
    <message>
        <source>Handled</source>
        <translation>已处理</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Takes p99</source>
        <translation>处理时间 p99</translation>
    </message>
    <message>
        <source>Sends</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Wait for their retry</source>
        <translation>等待重试</translation>
    </message>
    <message>
        <source>In flight</source>
        <translation>处理中</translation>
    </message>
    <message>
        <source>Wait p50</source>
        <translation>等待时间 p50</translation>
    </message>
    <message>
        <source>Wait p99</source>
        <translation>等待时间 p99</translation>
    </message>
    <message>
        <source>Partition %1 ends at</source>
        <translation>分区 %1 末端</translation>
    </message>
    <message>
        <source>Lag of %1</source>
        <translation>%1 的滞后</translation>
    </message>
    <message>
        <source>dead-letter queue</source>
        <translation>死信队列</translation>
    </message>
    <message>
        <source>service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>exchange</source>
        <translation>交换机</translation>
    </message>
    <message>
        <source>topic</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>stream</source>
        <translation>流</translation>
    </message>
    <message>
        <source>Takes in</source>
        <translation>接收</translation>
    </message>
    <message>
        <source>publishes</source>
        <translation>发布</translation>
    </message>
    <message>
        <source>routes</source>
        <translation>路由</translation>
    </message>
    <message>
        <source>delivers</source>
        <translation>投递</translation>
    </message>
    <message>
        <source>sends dead letters</source>
        <translation>转入死信</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>当前</translation>
    </message>
</context>
<context>
    <name>weir::InspectorView</name>
    <message>
        <source>Behaviour</source>
        <translation>行为</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>检查结果</translation>
    </message>
    <message>
        <source>Legend</source>
        <translation>图例</translation>
    </message>
    <message>
        <source>service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>stream</source>
        <translation>流</translation>
    </message>
    <message>
        <source>topic</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>exchange</source>
        <translation>交换机</translation>
    </message>
    <message>
        <source>dead letters</source>
        <translation>死信</translation>
    </message>
    <message>
        <source>Click a service or a channel to see its figures</source>
        <translation>单击服务或通道以查看其数据</translation>
    </message>
    <message>
        <source>Live system</source>
        <translation>实况系统</translation>
    </message>
    <message>
        <source>Service: each slot is a worker</source>
        <translation>服务：每格代表一个工作线程</translation>
    </message>
    <message>
        <source>Topic or exchange: passes on, holds nothing</source>
        <translation>主题或交换机：只转发，不存储</translation>
    </message>
    <message>
        <source>Queue: each copy goes to one consumer</source>
        <translation>队列：每个副本只交给一个消费者</translation>
    </message>
    <message>
        <source>Stream: every group reads at its own pace</source>
        <translation>流：各消费组按自己的进度读取</translation>
    </message>
    <message>
        <source>Dead letters: what was given up</source>
        <translation>死信：已放弃的消息</translation>
    </message>
    <message>
        <source>Published</source>
        <translation>已发布</translation>
    </message>
    <message>
        <source>Throughput</source>
        <translation>吞吐量</translation>
    </message>
    <message>
        <source>Wait p99</source>
        <translation>等待时间 p99</translation>
    </message>
    <message>
        <source>Utilisation</source>
        <translation>利用率</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Rate in</source>
        <translation>流入速率</translation>
    </message>
    <message>
        <source>Copies out</source>
        <translation>副本流出速率</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>数据量</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>深度</translation>
    </message>
    <message>
        <source>Rate in / out</source>
        <translation>流入 / 流出速率</translation>
    </message>
    <message>
        <source>Given up</source>
        <translation>已放弃</translation>
    </message>
    <message>
        <source>1 service</source>
        <translation>1 个服务</translation>
    </message>
    <message>
        <source>%1 services</source>
        <translation>%1 个服务</translation>
    </message>
    <message>
        <source>1 channel</source>
        <translation>1 个通道</translation>
    </message>
    <message>
        <source>%1 channels</source>
        <translation>%1 个通道</translation>
    </message>
</context>
<context>
    <name>weir::Layouts</name>
    <message>
        <source>Modelling</source>
        <translation>建模</translation>
    </message>
    <message>
        <source>Debugging</source>
        <translation>调试</translation>
    </message>
    <message>
        <source>Measuring</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>There are %1 saved layouts already. Forget one first.</source>
        <translation>已经保存了 %1 个布局。请先删除一个。</translation>
    </message>
    <message>
        <source>&amp;Save Layout…</source>
        <translation>保存布局(&amp;S)…</translation>
    </message>
    <message>
        <source>Name of this layout</source>
        <translation>此布局的名称</translation>
    </message>
    <message>
        <source>&amp;Forget</source>
        <translation>删除(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Layouts</source>
        <translation>布局(&amp;L)</translation>
    </message>
</context>
<context>
    <name>weir::LedgerBar</name>
    <message>
        <source>%1 copies</source>
        <translation>%1 个副本</translation>
    </message>
    <message>
        <source>%1 acked</source>
        <translation>%1 已确认</translation>
    </message>
    <message>
        <source>%1 ready</source>
        <translation>%1 就绪</translation>
    </message>
    <message>
        <source>%1 in flight</source>
        <translation>%1 处理中</translation>
    </message>
    <message>
        <source>%1 delayed</source>
        <translation>%1 延时中</translation>
    </message>
    <message>
        <source>%1 in transit</source>
        <translation>%1 传输中</translation>
    </message>
    <message>
        <source>%1 dead-lettered</source>
        <translation>%1 转入死信</translation>
    </message>
    <message>
        <source>%1 dropped</source>
        <translation>%1 已丢弃</translation>
    </message>
    <message>
        <source>%1 expired</source>
        <translation>%1 已过期</translation>
    </message>
    <message>
        <source>%1 purged</source>
        <translation>%1 已清除</translation>
    </message>
    <message>
        <source>%1 lost</source>
        <translation>%1 已丢失</translation>
    </message>
    <message>
        <source>%1 routed</source>
        <translation>%1 已路由</translation>
    </message>
    <message>
        <source>%1 held</source>
        <translation>%1 暂留</translation>
    </message>
    <message>
        <source>%1 refused</source>
        <translation>%1 被拒绝</translation>
    </message>
    <message>
        <source>%1 deduplicated</source>
        <translation>%1 已去重</translation>
    </message>
    <message>
        <source>%1 unroutable</source>
        <translation>%1 无法路由</translation>
    </message>
    <message>
        <source>%1 messages published</source>
        <translation>已发布 %1 条消息</translation>
    </message>
    <message>
        <source>Ledger closed</source>
        <translation>账目平衡</translation>
    </message>
    <message>
        <source>Ledger open: %1 copies differ</source>
        <translation>账目不平：相差 %1 个副本</translation>
    </message>
    <message>
        <source>Ledger open: %1 messages differ</source>
        <translation>账目不平：相差 %1 条消息</translation>
    </message>
    <message>
        <source>Ledger open: a count is below zero</source>
        <translation>账目不平：有计数小于零</translation>
    </message>
    <message>
        <source>%1 records</source>
        <translation>%1 条记录</translation>
    </message>
    <message>
        <source>%1 left out</source>
        <translation>略去 %1 条</translation>
    </message>
    <message>
        <source>%1 fps</source>
        <translation>%1 帧/秒</translation>
    </message>
    <message>
        <source>%1 real time</source>
        <translation>实时的 %1</translation>
    </message>
    <message>
        <source>%1 acked although their work was not done</source>
        <translation>%1 个已确认但处理并未完成</translation>
    </message>
    <message>
        <source>Nothing published yet</source>
        <translation>尚未发布任何消息</translation>
    </message>
</context>
<context>
    <name>weir::MainWindow</name>
    <message>
        <source>Open a Scenario</source>
        <translation>打开场景</translation>
    </message>
    <message>
        <source>Scenarios (*.json *.jsonc)</source>
        <translation>场景 (*.json *.jsonc)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>运行(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Live</source>
        <translation>实况(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>打开(&amp;O)…</translation>
    </message>
    <message>
        <source>Open a scenario</source>
        <translation>打开场景</translation>
    </message>
    <message>
        <source>Open &amp;Recent</source>
        <translation>最近打开(&amp;R)</translation>
    </message>
    <message>
        <source>Re&amp;load</source>
        <translation>重新加载(&amp;L)</translation>
    </message>
    <message>
        <source>Load the file again from disk</source>
        <translation>从磁盘重新加载文件</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>Quit Weir</source>
        <translation>退出 Weir</translation>
    </message>
    <message>
        <source>&amp;Arrange Panels</source>
        <translation>排列面板(&amp;A)</translation>
    </message>
    <message>
        <source>Show title bars, to move and float panels</source>
        <translation>显示标题栏，以便移动和浮动面板</translation>
    </message>
    <message>
        <source>R&amp;eset Panels</source>
        <translation>重置面板(&amp;E)</translation>
    </message>
    <message>
        <source>Put every panel back in its place</source>
        <translation>将所有面板恢复到原位</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;System</source>
        <translation>跟随系统(&amp;S)</translation>
    </message>
    <message>
        <source>Light or dark as the desktop has it</source>
        <translation>跟随桌面的浅色或深色设置</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>浅色(&amp;L)</translation>
    </message>
    <message>
        <source>Light theme</source>
        <translation>浅色主题</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>深色(&amp;D)</translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation>深色主题</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>The desktop's language</source>
        <translation>桌面的语言</translation>
    </message>
    <message>
        <source>&amp;Full Screen</source>
        <translation>全屏(&amp;F)</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>&amp;About Weir</source>
        <translation>关于 Weir(&amp;A)</translation>
    </message>
    <message>
        <source>About Weir</source>
        <translation>关于 Weir</translation>
    </message>
    <message>
        <source>See an event-driven architecture flow: before you build it, and while it runs.

Sources: Apache-2.0. This program contains Qt Charts and is under GPL-3.</source>
        <translation>看见事件驱动架构的流动：在构建之前，也在运行之中。

源代码采用 Apache-2.0 许可。本程序包含 Qt Charts，按 GPL-3 发布。</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Panels</source>
        <translation>面板(&amp;P)</translation>
    </message>
    <message>
        <source>Light, dark, or as the desktop has it</source>
        <translation>浅色、深色，或跟随桌面</translation>
    </message>
    <message>
        <source>Of every text in the window; files keep theirs</source>
        <translation>窗口中所有文字的语言；文件内容不变</translation>
    </message>
</context>
<context>
    <name>weir::MessageBar</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Places: %1</source>
        <translation>位置：%1</translation>
    </message>
    <message>
        <source>Show or hide the places</source>
        <translation>显示或隐藏具体位置</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>另有 %1 处</translation>
    </message>
</context>
<context>
    <name>weir::Narration</name>
    <message>
        <source>an event</source>
        <translation>一个事件</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>%1 is published to %2</source>
        <translation>%1 发布到 %2</translation>
    </message>
    <message>
        <source>%1 publishes %2 to %3</source>
        <translation>%1 把 %2 发布到 %3</translation>
    </message>
    <message>
        <source>%1 passes %2 on to one queue</source>
        <translation>%1 把 %2 转给一个队列</translation>
    </message>
    <message>
        <source>%1 passes %2 on to %3 queues</source>
        <translation>%1 把 %2 转给 %3 个队列</translation>
    </message>
    <message>
        <source>%1 refuses %2</source>
        <translation>%1 拒绝 %2</translation>
    </message>
    <message>
        <source>Nobody wants %1: no binding of %2 takes it</source>
        <translation>没有人要 %1：%2 的任何绑定都不接收它</translation>
    </message>
    <message>
        <source>%1 is full: %2 waits before it may publish</source>
        <translation>%1 已满：%2 要等待才能发布</translation>
    </message>
    <message>
        <source>%1 appends %2</source>
        <translation>%1 追加 %2</translation>
    </message>
    <message>
        <source>%1 waits in %2</source>
        <translation>%1 在 %2 中等待</translation>
    </message>
    <message>
        <source>%1 delivers %2 to %3</source>
        <translation>%1 把 %2 投递给 %3</translation>
    </message>
    <message>
        <source>%1 tries %2 for the %3. time</source>
        <translation>%1 第 %3 次尝试 %2</translation>
    </message>
    <message>
        <source>%1 starts to handle %2</source>
        <translation>%1 开始处理 %2</translation>
    </message>
    <message>
        <source>%1 has handled %2 in %3</source>
        <translation>%1 处理完 %2，用时 %3</translation>
    </message>
    <message>
        <source>%1 fails to handle %2</source>
        <translation>%1 处理 %2 失败</translation>
    </message>
    <message>
        <source>%1 confirms %2: it is done with</source>
        <translation>%1 确认 %2：已完成</translation>
    </message>
    <message>
        <source>%1 did not confirm %2 in time</source>
        <translation>%1 没有及时确认 %2</translation>
    </message>
    <message>
        <source>%1 is back in %2</source>
        <translation>%1 回到 %2</translation>
    </message>
    <message>
        <source>%1 is tried again in %2</source>
        <translation>%1 将在 %2 后重试</translation>
    </message>
    <message>
        <source>%1 is given up and put into %2</source>
        <translation>%1 被放弃并放入 %2</translation>
    </message>
    <message>
        <source>%1 is given up</source>
        <translation>%1 被放弃</translation>
    </message>
    <message>
        <source>%1 is too old and leaves %2</source>
        <translation>%1 过期，离开 %2</translation>
    </message>
    <message>
        <source>%1 throws %2 away</source>
        <translation>%1 丢弃 %2</translation>
    </message>
    <message>
        <source>%1 dies while it handles %2</source>
        <translation>%1 在处理 %2 时崩溃</translation>
    </message>
    <message>
        <source>%1 crashes</source>
        <translation>%1 崩溃</translation>
    </message>
    <message>
        <source>%1 is up again</source>
        <translation>%1 恢复运行</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Everything that %1 led to is settled, after %2</source>
        <translation>%1 引发的一切都已处理完，历时 %2</translation>
    </message>
    <message>
        <source>Somebody gave a command</source>
        <translation>有人发出了命令</translation>
    </message>
    <message>
        <source>Somebody gave %1 a command</source>
        <translation>有人向 %1 发出了命令</translation>
    </message>
</context>
<context>
    <name>weir::OutlineModel</name>
    <message>
        <source>topic</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>exchange</source>
        <translation>交换机</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>Event types</source>
        <translation>事件类型</translation>
    </message>
    <message>
        <source>busy %1 of the last 10 s</source>
        <translation>最近 10 s 忙碌 %1</translation>
    </message>
    <message>
        <source>%1 waiting</source>
        <translation>%1 条等待中</translation>
    </message>
    <message>
        <source>%1 still to be read, by all groups</source>
        <translation>各消费组合计 %1 条未读</translation>
    </message>
</context>
<context>
    <name>weir::OutlineView</name>
    <message>
        <source>Services, channels and event types of the scenario appear here</source>
        <translation>场景中的服务、通道和事件类型将显示在这里</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>大纲</translation>
    </message>
</context>
<context>
    <name>weir::Presenter</name>
    <message>
        <source>&amp;Presenter Mode</source>
        <translation>演示模式(&amp;P)</translation>
    </message>
    <message>
        <source>Large type, and a caption with a spotlight on what happens now</source>
        <translation>大字号，并用字幕和聚光显示正在发生的事</translation>
    </message>
</context>
<context>
    <name>weir::RecordText</name>
    <message>
        <source>again in %1</source>
        <translation>%1 后再试</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>来自 %1</translation>
    </message>
    <message>
        <source>to %1</source>
        <translation>至 %1</translation>
    </message>
    <message>
        <source>generation %1</source>
        <translation>第 %1 代</translation>
    </message>
    <message>
        <source>partition %1</source>
        <translation>分区 %1</translation>
    </message>
    <message>
        <source>offset %1</source>
        <translation>偏移量 %1</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Event type</source>
        <translation>事件类型</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Attempt</source>
        <translation>尝试</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>A producer handed the event over to the broker.</source>
        <translation>生产者将事件交给了代理(broker)。</translation>
    </message>
    <message>
        <source>The broker refused the event.</source>
        <translation>代理(broker)拒绝了该事件。</translation>
    </message>
    <message>
        <source>The broker had seen this event's id before and passed over it.</source>
        <translation>代理(broker)此前见过该事件的 id，已将其跳过。</translation>
    </message>
    <message>
        <source>No binding took the event.</source>
        <translation>没有绑定匹配该事件。</translation>
    </message>
    <message>
        <source>The broker made one copy for each queue that wants the event.</source>
        <translation>代理(broker)为每个需要该事件的队列各生成一个副本。</translation>
    </message>
    <message>
        <source>The producer waits until there is room.</source>
        <translation>生产者等待空位。</translation>
    </message>
    <message>
        <source>The producer waits no longer.</source>
        <translation>生产者不再等待。</translation>
    </message>
    <message>
        <source>A rate limit delays the event.</source>
        <translation>事件因限流而推迟。</translation>
    </message>
    <message>
        <source>Everything that this event led to is settled.</source>
        <translation>该事件引发的一切均已了结。</translation>
    </message>
    <message>
        <source>The stream appended the event to a partition.</source>
        <translation>流已将事件追加到某个分区。</translation>
    </message>
    <message>
        <source>A copy is on its way to its channel.</source>
        <translation>副本正在前往其通道。</translation>
    </message>
    <message>
        <source>A copy is in the queue.</source>
        <translation>副本已进入队列。</translation>
    </message>
    <message>
        <source>The delay is over: the copy can be delivered.</source>
        <translation>延时结束：副本可以投递。</translation>
    </message>
    <message>
        <source>A consumer received the copy.</source>
        <translation>消费者已收到副本。</translation>
    </message>
    <message>
        <source>A worker began to handle the copy.</source>
        <translation>工作线程开始处理副本。</translation>
    </message>
    <message>
        <source>The worker is done.</source>
        <translation>工作线程处理完成。</translation>
    </message>
    <message>
        <source>The handling failed.</source>
        <translation>处理失败。</translation>
    </message>
    <message>
        <source>The consumer confirmed the copy: it is done with.</source>
        <translation>消费者已确认副本：处理了结。</translation>
    </message>
    <message>
        <source>The confirmation came too late: the copy had been taken back.</source>
        <translation>确认来得太迟：副本已被收回。</translation>
    </message>
    <message>
        <source>The consumer gave the copy back.</source>
        <translation>消费者退回了副本。</translation>
    </message>
    <message>
        <source>No confirmation came in time: the copy is taken back.</source>
        <translation>确认未及时到达：副本被收回。</translation>
    </message>
    <message>
        <source>The copy is back in its queue, at its old place.</source>
        <translation>副本回到队列中的原位置。</translation>
    </message>
    <message>
        <source>The copy waits for its next attempt.</source>
        <translation>副本等待下一次尝试。</translation>
    </message>
    <message>
        <source>The broker gave the copy up and put it aside.</source>
        <translation>代理(broker)放弃了该副本，将其转入死信。</translation>
    </message>
    <message>
        <source>The copy was too old.</source>
        <translation>副本已过期。</translation>
    </message>
    <message>
        <source>The copy was thrown away.</source>
        <translation>副本被丢弃。</translation>
    </message>
    <message>
        <source>The queue was emptied.</source>
        <translation>队列被清空。</translation>
    </message>
    <message>
        <source>The copy was lost.</source>
        <translation>副本已丢失。</translation>
    </message>
    <message>
        <source>A filter or the idempotency store passed over the copy.</source>
        <translation>副本被过滤条件或幂等存储跳过。</translation>
    </message>
    <message>
        <source>The copy was confirmed, but its work was not done.</source>
        <translation>副本已确认，但处理并未完成。</translation>
    </message>
    <message>
        <source>An instance of the service died, or one handling of it.</source>
        <translation>服务的一个实例或其中一次处理崩溃。</translation>
    </message>
    <message>
        <source>The instance is up again.</source>
        <translation>实例已恢复运行。</translation>
    </message>
    <message>
        <source>The partitions were shared out anew within the group.</source>
        <translation>消费组内的分区已重新分配。</translation>
    </message>
    <message>
        <source>The group's position in the stream moved on.</source>
        <translation>消费组在流中的位置已前移。</translation>
    </message>
    <message>
        <source>A step was undone.</source>
        <translation>一个步骤已被撤销。</translation>
    </message>
    <message>
        <source>Business state of the service changed.</source>
        <translation>服务的业务状态发生变化。</translation>
    </message>
    <message>
        <source>Somebody gave a command.</source>
        <translation>有人下达了一条命令。</translation>
    </message>
    <message>
        <source>The warm-up is over: figures count from here.</source>
        <translation>预热结束：数据从此处开始统计。</translation>
    </message>
    <message>
        <source>The run ended.</source>
        <translation>运行结束。</translation>
    </message>
    <message>
        <source>1 copy</source>
        <translation>1 个副本</translation>
    </message>
    <message>
        <source>%1 copies</source>
        <translation>%1 个副本</translation>
    </message>
</context>
<context>
    <name>weir::Report</name>
    <message>
        <source>Ledger</source>
        <translation>台账</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>检查结果</translation>
    </message>
    <message>
        <source>The check has nothing to say.</source>
        <translation>检查没有发现问题。</translation>
    </message>
    <message>
        <source>Expectations</source>
        <translation>预期</translation>
    </message>
    <message>
        <source>The scenario expects nothing.</source>
        <translation>场景没有设定预期。</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>and %1 lines more</source>
        <translation>还有 %1 行</translation>
    </message>
</context>
<context>
    <name>weir::ReportWriter</name>
    <message>
        <source>in</source>
        <translation>流入</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>depth</source>
        <translation>深度</translation>
    </message>
    <message>
        <source>The whole run</source>
        <translation>整个运行</translation>
    </message>
    <message>
        <source>Watching %1</source>
        <translation>正在观测 %1</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>At</source>
        <translation>时刻</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>指纹</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>省略</translation>
    </message>
    <message>
        <source>Topology</source>
        <translation>拓扑</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>Published</source>
        <translation>已发布</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>已投递</translation>
    </message>
    <message>
        <source>Redelivered</source>
        <translation>再投递</translation>
    </message>
    <message>
        <source>Dead-lettered</source>
        <translation>死信</translation>
    </message>
    <message>
        <source>Depth (mean)</source>
        <translation>深度（平均）</translation>
    </message>
    <message>
        <source>Depth (max)</source>
        <translation>深度（最大）</translation>
    </message>
    <message>
        <source>Wait p50</source>
        <translation>等待时间 p50</translation>
    </message>
    <message>
        <source>Wait p99</source>
        <translation>等待时间 p99</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Handled</source>
        <translation>已处理</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Utilisation</source>
        <translation>利用率</translation>
    </message>
    <message>
        <source>Throughput</source>
        <translation>吞吐量</translation>
    </message>
    <message>
        <source>Service time (mean)</source>
        <translation>服务时间（平均）</translation>
    </message>
    <message>
        <source>Response p99</source>
        <translation>响应 p99</translation>
    </message>
    <message>
        <source>%1: throughput</source>
        <translation>%1：吞吐量</translation>
    </message>
    <message>
        <source>%1: wait</source>
        <translation>%1：等待</translation>
    </message>
    <message>
        <source>%1: end to end</source>
        <translation>%1：端到端</translation>
    </message>
</context>
<context>
    <name>weir::RunActions</name>
    <message>
        <source>Back to the &amp;Start</source>
        <translation>回到起点(&amp;S)</translation>
    </message>
    <message>
        <source>Back to the start</source>
        <translation>回到起点</translation>
    </message>
    <message>
        <source>Step &amp;Back</source>
        <translation>后退一步(&amp;B)</translation>
    </message>
    <message>
        <source>Step back one record</source>
        <translation>后退一条记录</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>暂停(&amp;P)</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>运行(&amp;R)</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Step &amp;Forward</source>
        <translation>前进一步(&amp;F)</translation>
    </message>
    <message>
        <source>Step forward one record</source>
        <translation>前进一条记录</translation>
    </message>
    <message>
        <source>Run &amp;Until…</source>
        <translation>运行到(&amp;U)…</translation>
    </message>
    <message>
        <source>Run until a time</source>
        <translation>运行到指定时间</translation>
    </message>
    <message>
        <source>S&amp;lower</source>
        <translation>减速(&amp;L)</translation>
    </message>
    <message>
        <source>Slower</source>
        <translation>减速</translation>
    </message>
    <message>
        <source>F&amp;aster</source>
        <translation>加速(&amp;A)</translation>
    </message>
    <message>
        <source>Faster</source>
        <translation>加速</translation>
    </message>
    <message>
        <source>Real &amp;Time</source>
        <translation>实时速度(&amp;T)</translation>
    </message>
    <message>
        <source>Real time</source>
        <translation>实时速度</translation>
    </message>
    <message>
        <source>As Fast as It &amp;Goes</source>
        <translation>全速(&amp;G)</translation>
    </message>
    <message>
        <source>As fast as it goes</source>
        <translation>全速</translation>
    </message>
</context>
<context>
    <name>weir::RunBar</name>
    <message>
        <source>max</source>
        <translation>最快</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>共 %1</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>种子 %1</translation>
    </message>
    <message>
        <source>SIMULATION</source>
        <translation>模拟</translation>
    </message>
    <message>
        <source>LIVE</source>
        <translation>实况</translation>
    </message>
    <message>
        <source>RECORDING</source>
        <translation>录制</translation>
    </message>
    <message>
        <source>Search or run a command</source>
        <translation>搜索或执行命令</translation>
    </message>
</context>
<context>
    <name>weir::SegmentBars</name>
    <message>
        <source>%1 more</source>
        <translation>另有 %1 项</translation>
    </message>
</context>
<context>
    <name>weir::SettingsView</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Find a setting</source>
        <translation>查找设置</translation>
    </message>
    <message>
        <source>No setting has these words.</source>
        <translation>没有设置包含这些词。</translation>
    </message>
</context>
<context>
    <name>weir::ShortcutList</name>
    <message>
        <source>Keyboard Shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Find an action or a key</source>
        <translation>查找操作或按键</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
</context>
<context>
    <name>weir::SidePanel</name>
    <message>
        <source>Node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>What is shown here</source>
        <translation>此处显示的内容</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>检查器</translation>
    </message>
</context>
<context>
    <name>weir::SpeedSlider</name>
    <message>
        <source>max</source>
        <translation>最快</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>as fast as it goes</source>
        <translation>全速</translation>
    </message>
    <message>
        <source>%1 real time</source>
        <translation>实时的 %1</translation>
    </message>
    <message>
        <source>Speed: %1. Double click: real time.</source>
        <translation>速度：%1。双击恢复实时速度。</translation>
    </message>
</context>
<context>
    <name>weir::StateTables</name>
    <message>
        <source>%1, the newest %2</source>
        <translation>%1，最新 %2 条</translation>
    </message>
    <message>
        <source>Entries</source>
        <translation>条目数</translation>
    </message>
    <message>
        <source>Sum</source>
        <translation>合计</translation>
    </message>
</context>
<context>
    <name>weir::Studio</name>
    <message>
        <source>%1 could not be opened. The present document stays as it is.</source>
        <translation>无法打开 %1。当前文档保持不变。</translation>
    </message>
    <message>
        <source>Watching %1</source>
        <translation>正在观测 %1</translation>
    </message>
    <message>
        <source>These endpoints cannot be watched. The present document stays as it is.</source>
        <translation>无法观测这些端点。当前文档保持不变。</translation>
    </message>
    <message>
        <source>&amp;Attach...</source>
        <translation>附加(&amp;A)…</translation>
    </message>
    <message>
        <source>Watch a running system over ZeroMQ</source>
        <translation>通过 ZeroMQ 观测运行中的系统</translation>
    </message>
    <message>
        <source>&amp;Detach</source>
        <translation>分离(&amp;D)</translation>
    </message>
    <message>
        <source>Stop watching; what was seen stays</source>
        <translation>停止观测；已观测到的内容保留</translation>
    </message>
    <message>
        <source>The run was stopped at a bound of the scenario: more messages or copies than its limits allow. Events may go round for ever; the check names the loop.</source>
        <translation>运行因触及场景的上限而停止：消息或副本的数量超出限制。事件可能在无限循环；检查结果会指出该循环。</translation>
    </message>
    <message>
        <source>Nothing is left to happen: the run is complete.</source>
        <translation>再无事件发生：运行已完成。</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>设置(&amp;S)…</translation>
    </message>
    <message>
        <source>What the window does and looks like, for good</source>
        <translation>窗口的行为和外观（长期保存）</translation>
    </message>
</context>
<context>
    <name>weir::Timeline</name>
    <message>
        <source>crash %1</source>
        <translation>%1 崩溃</translation>
    </message>
    <message>
        <source>restart %1</source>
        <translation>%1 重启</translation>
    </message>
    <message>
        <source>The run's time appears here</source>
        <translation>运行时间轴将显示在这里</translation>
    </message>
    <message>
        <source>%1 later marks are left out</source>
        <translation>略去之后的 %1 个标记</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间轴</translation>
    </message>
    <message>
        <source>The run's time: left and right step by one record, with Shift by one second</source>
        <translation>运行时间轴：左右方向键逐条记录移动，按住 Shift 则逐秒移动</translation>
    </message>
</context>
<context>
    <name>weir::TraceList</name>
    <message>
        <source>Trace</source>
        <translation>轨迹</translation>
    </message>
</context>
<context>
    <name>weir::TraceView</name>
    <message>
        <source>searched %1</source>
        <translation>已搜索 %1</translation>
    </message>
    <message>
        <source>Every record of the run, as it happens</source>
        <translation>实时显示运行中的每条记录</translation>
    </message>
    <message>
        <source>No record passes the filter so far</source>
        <translation>目前没有记录符合过滤条件</translation>
    </message>
    <message>
        <source>Nothing has happened yet: F5 runs, F10 makes one step</source>
        <translation>尚未发生任何事：F5 运行，F10 前进一步</translation>
    </message>
    <message>
        <source>Filter: %1</source>
        <translation>过滤：%1</translation>
    </message>
    <message>
        <source>... and this too</source>
        <translation>…且满足此项</translation>
    </message>
    <message>
        <source>... or this too</source>
        <translation>…或满足此项</translation>
    </message>
    <message>
        <source>... but not this</source>
        <translation>…但排除此项</translation>
    </message>
    <message>
        <source>Hide these</source>
        <translation>隐藏这些</translation>
    </message>
    <message>
        <source>Only this conversation</source>
        <translation>仅此会话</translation>
    </message>
    <message>
        <source>Move the playhead here</source>
        <translation>将播放头移到此处</translation>
    </message>
    <message>
        <source>Copy event as JSON</source>
        <translation>将事件复制为 JSON</translation>
    </message>
    <message>
        <source>Copy row as CSV</source>
        <translation>将此行复制为 CSV</translation>
    </message>
    <message>
        <source>Trace</source>
        <translation>轨迹</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>跟随</translation>
    </message>
    <message>
        <source>Follow the playhead</source>
        <translation>跟随播放头</translation>
    </message>
    <message>
        <source>Follow the playhead (End)</source>
        <translation>跟随播放头 (End)</translation>
    </message>
</context>
<context>
    <name>weir::UntilPopup</name>
    <message>
        <source>That is no time. Write 10min, 90s or 00:03:12.480.</source>
        <translation>这不是有效的时间。请写成 10min、90s 或 00:03:12.480。</translation>
    </message>
    <message>
        <source>That time is past: it is %1 already.</source>
        <translation>该时间已过：现在是 %1。</translation>
    </message>
    <message>
        <source>Enter runs up to there and pauses.</source>
        <translation>按回车键运行到该时间后暂停。</translation>
    </message>
    <message>
        <source>Run until</source>
        <translation>运行到</translation>
    </message>
    <message>
        <source>10min or 00:03:12.480</source>
        <translation>10min 或 00:03:12.480</translation>
    </message>
</context>
<context>
    <name>weir::ZoomBar</name>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Zoom to 100 %</source>
        <translation>缩放到 100 %</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Fit everything</source>
        <translation>适应窗口</translation>
    </message>
</context>
</TS>
