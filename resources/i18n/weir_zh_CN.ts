<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ChartExport</name>
    <message>
        <source>needs the ending .png, .svg or .csv</source>
        <translation>需要以 .png、.svg 或 .csv 结尾</translation>
    </message>
    <message>
        <source>cannot be written</source>
        <translation>无法写入</translation>
    </message>
</context>
<context>
    <name>Figure</name>
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
        <source>given up</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>redelivered</source>
        <translation>重新投递</translation>
    </message>
    <message>
        <source>errors</source>
        <translation>错误率</translation>
    </message>
    <message>
        <source>depth</source>
        <translation>深度</translation>
    </message>
    <message>
        <source>unacked</source>
        <translation>未确认</translation>
    </message>
    <message>
        <source>lag</source>
        <translation>滞后</translation>
    </message>
    <message>
        <source>workers busy</source>
        <translation>忙碌的工作线程</translation>
    </message>
    <message>
        <source>utilisation</source>
        <translation>利用率</translation>
    </message>
    <message>
        <source>state</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>wait</source>
        <translation>等待时间</translation>
    </message>
    <message>
        <source>service time</source>
        <translation>处理时间</translation>
    </message>
    <message>
        <source>response</source>
        <translation>响应时间</translation>
    </message>
    <message>
        <source>end to end</source>
        <translation>端到端</translation>
    </message>
    <message>
        <source>whole run</source>
        <translation>整个运行</translation>
    </message>
</context>
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
        <source>ffmpeg ended with code %1. Is there room on the disk?</source>
        <translation>ffmpeg 以代码 %1 结束。磁盘还有空间吗？</translation>
    </message>
    <message>
        <source>%1 is no folder that can be written to.</source>
        <translation>%1 不是可写入的文件夹。</translation>
    </message>
</context>
<context>
    <name>weir::AttachPopup</name>
    <message>
        <source>&quot;%1&quot; is no endpoint. Write tcp://host:port or ipc://path.</source>
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
    <name>weir::AttemptModel</name>
    <message>
        <source>%1: %2, after %3</source>
        <translation>%1：%2，历时 %3</translation>
    </message>
    <message>
        <source>open</source>
        <translation>未结束</translation>
    </message>
    <message>
        <source>%1 after %2</source>
        <translation>%2 后 %1</translation>
    </message>
    <message>
        <source>%1 after %2: %3</source>
        <translation>%2 后 %1：%3</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>次</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>By</source>
        <translation>处理者</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Next after</source>
        <translation>间隔</translation>
    </message>
</context>
<context>
    <name>weir::Behaviour</name>
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
        <source>exponential, summed</source>
        <translation>指数退避之和</translation>
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
        <translation>1 个工作线程</translation>
    </message>
    <message>
        <source>%1 workers</source>
        <translation>%1 个工作线程</translation>
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
        <translation>被消息代理拒绝</translation>
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
        <translation>已发布，正在前往消息代理</translation>
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
    <message>
        <source>%1: passed over by %2</source>
        <translation>%1：%2 跳过了它</translation>
    </message>
    <message>
        <source>%1: acked, but its work was not done</source>
        <translation>%1：已确认，但处理并未完成</translation>
    </message>
    <message>
        <source>%1: lies among the dead letters, for %2 so far</source>
        <translation>%1：作为死信滞留，至今 %2</translation>
    </message>
    <message>
        <source>%1, again</source>
        <translation>%1，再次</translation>
    </message>
    <message>
        <source>%1, a second time</source>
        <translation>%1，重复</translation>
    </message>
</context>
<context>
    <name>weir::BiographyView</name>
    <message>
        <source>Open a scenario to follow its messages</source>
        <translation>打开一个场景，追踪其中的消息</translation>
    </message>
    <message>
        <source>Click a message on the canvas, or a row of the trace, to see its life</source>
        <translation>点击画布上的消息或轨迹中的一行，查看它的一生</translation>
    </message>
    <message>
        <source>At the playhead it has not been published yet</source>
        <translation>在播放头处它尚未发布</translation>
    </message>
    <message>
        <source>Its records are no longer kept, so there is nothing more to say of it</source>
        <translation>它的记录已不再保留，无法再说明更多</translation>
    </message>
    <message>
        <source>The records of %1 are no longer kept; this is what it led to.</source>
        <translation>%1 的记录已不再保留；以下是它引出的内容。</translation>
    </message>
    <message>
        <source>searched %1</source>
        <translation>已查找 %1</translation>
    </message>
    <message>
        <source>too large: not all is shown</source>
        <translation>过大：未全部显示</translation>
    </message>
    <message>
        <source>Select another message to compare it with %1.</source>
        <translation>选择另一条消息，与 %1 比较。</translation>
    </message>
    <message>
        <source>Biography</source>
        <translation>生平</translation>
    </message>
    <message>
        <source>Fold quiet time</source>
        <translation>折叠空闲时间</translation>
    </message>
    <message>
        <source>Stretches in which nothing begins or ends take little room</source>
        <translation>没有开始或结束的时段只占很小的位置</translation>
    </message>
    <message>
        <source>Critical path</source>
        <translation>关键路径</translation>
    </message>
    <message>
        <source>Underlines what decided when the conversation came to its end</source>
        <translation>用下划线标出决定会话何时结束的各段</translation>
    </message>
    <message>
        <source>Compared with %1</source>
        <translation>与 %1 比较</translation>
    </message>
    <message>
        <source>Stop comparing</source>
        <translation>停止比较</translation>
    </message>
    <message>
        <source>Keeps this conversation, and compares it with the one selected next</source>
        <translation>保留此会话，并与接下来选中的会话比较</translation>
    </message>
    <message>
        <source>Looking for it…</source>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>Compare with…</source>
        <translation>比较…</translation>
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
    <name>weir::BreakpointsView</name>
    <message>
        <source>needs a time such as 2min, 90s or 00:03:12.480</source>
        <translation>需要一个时间，例如 2min、90s 或 00:03:12.480</translation>
    </message>
    <message>
        <source>any that must always hold</source>
        <translation>任何必须始终成立的期望</translation>
    </message>
    <message>
        <source>Stopped at %1, after record %2: %3</source>
        <translation>停在 %1，记录 %2 之后：%3</translation>
    </message>
    <message>
        <source>Breakpoints</source>
        <translation>断点</translation>
    </message>
    <message>
        <source>Record where</source>
        <translation>记录满足</translation>
    </message>
    <message>
        <source>Event type</source>
        <translation>事件类型</translation>
    </message>
    <message>
        <source>Metric</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Broken expectation</source>
        <translation>期望被打破</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Kind of breakpoint</source>
        <translation>断点种类</translation>
    </message>
    <message>
        <source>Condition over a record</source>
        <translation>针对记录的条件</translation>
    </message>
    <message>
        <source>Condition over metrics, or a time</source>
        <translation>针对指标的条件，或一个时间</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Stop the run there (Enter)</source>
        <translation>让运行停在那里 (Enter)</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Delete the chosen breakpoints (Del)</source>
        <translation>删除选中的断点 (Del)</translation>
    </message>
    <message>
        <source>Toggle breakpoint</source>
        <translation>切换断点</translation>
    </message>
    <message>
        <source>Stops the run at the selected event type, service or channel, or no longer</source>
        <translation>让运行停在选中的事件类型、服务或通道处，或不再停</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Where the run stops</source>
        <translation>运行停在何处</translation>
    </message>
    <message>
        <source>The run stops nowhere</source>
        <translation>运行不在任何地方停下</translation>
    </message>
    <message>
        <source>Say above where it is to stop, or select a service, channel or event type and press %1.</source>
        <translation>在上方写明停在何处，或选中一个服务、通道或事件类型并按 %1。</translation>
    </message>
    <message>
        <source>Change breakpoints</source>
        <translation>修改断点</translation>
    </message>
    <message>
        <source>Stopped at %1, after record %2</source>
        <translation>停在 %1，记录 %2 之后</translation>
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
        <source>consumer</source>
        <translation>消费者</translation>
    </message>
    <message>
        <source>does nothing yet</source>
        <translation>尚无事可做</translation>
    </message>
    <message>
        <source>%1 × %2 workers</source>
        <translation>%1 × %2 工作线程</translation>
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
    <message>
        <source>Show what is selected; once more, the whole topology</source>
        <translation>显示选中的节点；再按一次显示整个拓扑</translation>
    </message>
    <message>
        <source>Find a service or channel by a few letters</source>
        <translation>输入几个字母查找服务或通道</translation>
    </message>
    <message>
        <source>&amp;Heat</source>
        <translation>热力(&amp;H)</translation>
    </message>
    <message>
        <source>Colour the nodes by one measure</source>
        <translation>按一种指标为节点着色</translation>
    </message>
    <message>
        <source>Highlight the whole con&amp;versation</source>
        <translation>突出整个会话(&amp;V)</translation>
    </message>
    <message>
        <source>With a message selected: show the ways of all messages that belong to it</source>
        <translation>选中消息时：显示同一会话所有消息走过的路</translation>
    </message>
    <message>
        <source>&amp;Next measure</source>
        <translation>下一种指标(&amp;N)</translation>
    </message>
    <message>
        <source>1 node</source>
        <translation>1 个节点</translation>
    </message>
    <message>
        <source>%1 nodes</source>
        <translation>%1 个节点</translation>
    </message>
    <message>
        <source>%1 waiting</source>
        <translation>%1 条等待</translation>
    </message>
    <message>
        <source>Chart this</source>
        <translation>绘制图表</translation>
    </message>
    <message>
        <source>Nothing was heard yet</source>
        <translation>尚未收到任何内容</translation>
    </message>
    <message>
        <source>Services and channels appear here as soon as they publish CloudEvents</source>
        <translation>服务和通道一旦发布 CloudEvents 就会显示在这里</translation>
    </message>
    <message>
        <source>Find a &amp;node…</source>
        <translation>查找节点(&amp;N)…</translation>
    </message>
    <message>
        <source>%1 × %2 worker</source>
        <translation>%1 × %2 工作线程</translation>
    </message>
    <message>
        <source>and 1 more partition</source>
        <translation>另有 1 个分区</translation>
    </message>
    <message>
        <source>and %1 more partitions</source>
        <translation>另有 %1 个分区</translation>
    </message>
    <message>
        <source>no leader</source>
        <translation>无领导者</translation>
    </message>
    <message>
        <source>%1 without a leader</source>
        <translation>%1 个没有领导者</translation>
    </message>
    <message>
        <source>%1 leaders</source>
        <translation>%1 个领导者</translation>
    </message>
    <message>
        <source>%1 · %2 of %3 in sync</source>
        <translation>%1 · 同步 %2/%3</translation>
    </message>
    <message>
        <source>rebalancing</source>
        <translation>再平衡中</translation>
    </message>
</context>
<context>
    <name>weir::CanvasEditor</name>
    <message>
        <source>Move %1 nodes</source>
        <translation>移动 %1 个节点</translation>
    </message>
    <message>
        <source>Nothing here yet
Drag from the palette, or double-click where something should be</source>
        <translation>这里还没有内容
从面板拖入，或双击想放置的位置</translation>
    </message>
    <message>
        <source>Nothing here yet
Press E to edit, and add services and channels</source>
        <translation>这里还没有内容
按 E 进入编辑，添加服务和通道</translation>
    </message>
    <message>
        <source>&amp;Edit the topology</source>
        <translation>编辑拓扑(&amp;E)</translation>
    </message>
    <message>
        <source>Add, tie and move services and channels on the canvas</source>
        <translation>在画布上添加、连接和移动服务与通道</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>剪切(&amp;T)</translation>
    </message>
    <message>
        <source>Put the selected nodes on the clipboard and delete them</source>
        <translation>把所选节点放入剪贴板并删除</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>Put the selected nodes on the clipboard</source>
        <translation>把所选节点放入剪贴板</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>粘贴(&amp;P)</translation>
    </message>
    <message>
        <source>Add the nodes on the clipboard</source>
        <translation>添加剪贴板中的节点</translation>
    </message>
    <message>
        <source>Dupl&amp;icate</source>
        <translation>再制(&amp;I)</translation>
    </message>
    <message>
        <source>Add the selected nodes once more, beside</source>
        <translation>在旁边再添加一份所选节点</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>删除(&amp;D)</translation>
    </message>
    <message>
        <source>Delete what is selected on the canvas</source>
        <translation>删除画布上选中的内容</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>全选(&amp;A)</translation>
    </message>
    <message>
        <source>Select all nodes</source>
        <translation>选中所有节点</translation>
    </message>
    <message>
        <source>Re&amp;name</source>
        <translation>重命名(&amp;N)</translation>
    </message>
    <message>
        <source>Rename the selected node, or change the pattern of the selected binding</source>
        <translation>重命名所选节点，或修改所选绑定的模式</translation>
    </message>
    <message>
        <source>Tie the selected node to another by name</source>
        <translation>按名称把所选节点与另一个节点相连</translation>
    </message>
    <message>
        <source>Add a dead-&amp;letter queue</source>
        <translation>添加死信队列(&amp;L)</translation>
    </message>
    <message>
        <source>Keep what the selected queues give up</source>
        <translation>保留所选队列放弃的消息</translation>
    </message>
    <message>
        <source>Ali&amp;gn</source>
        <translation>对齐(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Left edges</source>
        <translation>左边缘(&amp;L)</translation>
    </message>
    <message>
        <source>Line up the left edges</source>
        <translation>对齐左边缘</translation>
    </message>
    <message>
        <source>&amp;Centres</source>
        <translation>中心(&amp;C)</translation>
    </message>
    <message>
        <source>Line up the centres, one below the other</source>
        <translation>上下排列并对齐中心</translation>
    </message>
    <message>
        <source>&amp;Right edges</source>
        <translation>右边缘(&amp;R)</translation>
    </message>
    <message>
        <source>Line up the right edges</source>
        <translation>对齐右边缘</translation>
    </message>
    <message>
        <source>&amp;Top edges</source>
        <translation>上边缘(&amp;T)</translation>
    </message>
    <message>
        <source>Line up the top edges</source>
        <translation>对齐上边缘</translation>
    </message>
    <message>
        <source>&amp;Middles</source>
        <translation>中线(&amp;M)</translation>
    </message>
    <message>
        <source>Line up the middles, side by side</source>
        <translation>左右排列并对齐中线</translation>
    </message>
    <message>
        <source>&amp;Bottom edges</source>
        <translation>下边缘(&amp;B)</translation>
    </message>
    <message>
        <source>Line up the bottom edges</source>
        <translation>对齐下边缘</translation>
    </message>
    <message>
        <source>Distribute &amp;across</source>
        <translation>水平分布(&amp;A)</translation>
    </message>
    <message>
        <source>Make the gaps from left to right equal</source>
        <translation>使左右间距相等</translation>
    </message>
    <message>
        <source>Distribute &amp;down</source>
        <translation>垂直分布(&amp;D)</translation>
    </message>
    <message>
        <source>Make the gaps from top to bottom equal</source>
        <translation>使上下间距相等</translation>
    </message>
    <message>
        <source>Nudge left</source>
        <translation>左移一步</translation>
    </message>
    <message>
        <source>Move the selected nodes a step to the left</source>
        <translation>把所选节点左移一步</translation>
    </message>
    <message>
        <source>Nudge right</source>
        <translation>右移一步</translation>
    </message>
    <message>
        <source>Move the selected nodes a step to the right</source>
        <translation>把所选节点右移一步</translation>
    </message>
    <message>
        <source>Nudge up</source>
        <translation>上移一步</translation>
    </message>
    <message>
        <source>Move the selected nodes a step up</source>
        <translation>把所选节点上移一步</translation>
    </message>
    <message>
        <source>Nudge down</source>
        <translation>下移一步</translation>
    </message>
    <message>
        <source>Move the selected nodes a step down</source>
        <translation>把所选节点下移一步</translation>
    </message>
    <message>
        <source>Edit the topology</source>
        <translation>编辑拓扑</translation>
    </message>
    <message>
        <source>Name of the new event type</source>
        <translation>新事件类型的名称</translation>
    </message>
    <message>
        <source>%1 is there to be emitted: pull an edge from a service to a channel.</source>
        <translation>%1 可以发出了：从服务向通道拉一条连线。</translation>
    </message>
    <message>
        <source>What is to be here?</source>
        <translation>这里要放什么？</translation>
    </message>
    <message>
        <source>Type to find</source>
        <translation>输入以查找</translation>
    </message>
    <message>
        <source>Tie %1 to something new</source>
        <translation>把 %1 连到新节点</translation>
    </message>
    <message>
        <source>%1 cannot be tied to %2. %3.</source>
        <translation>%1 不能连到 %2。%3。</translation>
    </message>
    <message>
        <source>What does %1 emit to %2?</source>
        <translation>%1 向 %2 发出什么？</translation>
    </message>
    <message>
        <source>An event type, or a new name</source>
        <translation>事件类型，或新的名称</translation>
    </message>
    <message>
        <source>New event type %1</source>
        <translation>新事件类型 %1</translation>
    </message>
    <message>
        <source>After handling %1</source>
        <translation>处理 %1 之后</translation>
    </message>
    <message>
        <source>By itself</source>
        <translation>自行发出</translation>
    </message>
    <message>
        <source>When</source>
        <translation>当</translation>
    </message>
    <message>
        <source>Tie %1 to</source>
        <translation>把 %1 连到</translation>
    </message>
    <message>
        <source>%1 has its name from its topic and its service: rename these.</source>
        <translation>%1 的名称来自其主题和服务：请重命名它们。</translation>
    </message>
    <message>
        <source>Name of %1</source>
        <translation>%1 的名称</translation>
    </message>
    <message>
        <source>Pattern of the binding of %2 to %1</source>
        <translation>%2 到 %1 的绑定模式</translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <translation>%1：%2。</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>剪切</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>The clipboard holds no part of a scenario.</source>
        <translation>剪贴板中没有场景内容。</translation>
    </message>
    <message>
        <source>Align %1</source>
        <translation>对齐 %1</translation>
    </message>
    <message>
        <source>Distribute %1</source>
        <translation>分布 %1</translation>
    </message>
    <message>
        <source>Nudge %1</source>
        <translation>微移 %1</translation>
    </message>
    <message>
        <source>%1 nodes</source>
        <translation>%1 个节点</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>&lt;i&gt;Right-click for what can be done&lt;/i&gt;</source>
        <translation>&lt;i&gt;右键单击查看可做的操作&lt;/i&gt;</translation>
    </message>
    <message>
        <source>Pull to what it should be tied to (Ctrl+L)</source>
        <translation>拉到要连接的对象 (Ctrl+L)</translation>
    </message>
    <message>
        <source>Move %1</source>
        <translation>移动 %1</translation>
    </message>
    <message>
        <source>Drop here to make something new</source>
        <translation>放在这里以新建</translation>
    </message>
    <message>
        <source>C&amp;onnect to…</source>
        <translation>连接到(&amp;O)…</translation>
    </message>
    <message>
        <source>Link of %1 to the broker</source>
        <translation>%1 与消息代理的链路</translation>
    </message>
</context>
<context>
    <name>weir::CauseList</name>
    <message>
        <source>Causes and effects</source>
        <translation>因果关系</translation>
    </message>
    <message>
        <source>no longer kept</source>
        <translation>已不再保留</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>还有 %1 项</translation>
    </message>
    <message>
        <source>published at %1</source>
        <translation>发布于 %1</translation>
    </message>
    <message>
        <source>joins %1 of the same conversation</source>
        <translation>与同一会话的 %1 汇合</translation>
    </message>
</context>
<context>
    <name>weir::ChangeBar</name>
    <message>
        <source>Keep all</source>
        <translation>全部保留</translation>
    </message>
    <message>
        <source>Write the values into the scenario; the run goes on as it is</source>
        <translation>把这些值写入场景；运行不受影响</translation>
    </message>
    <message>
        <source>Put back all</source>
        <translation>全部还原</translation>
    </message>
    <message>
        <source>Give the run the values that the scenario has, from now on</source>
        <translation>从现在起，让运行恢复场景中的值</translation>
    </message>
    <message>
        <source>1 change while running</source>
        <translation>运行中有 1 处更改</translation>
    </message>
    <message>
        <source>%1 changes while running</source>
        <translation>运行中有 %1 处更改</translation>
    </message>
</context>
<context>
    <name>weir::ChartCard</name>
    <message>
        <source>Open a scenario to see its curves</source>
        <translation>打开场景以查看曲线</translation>
    </message>
    <message>
        <source>A heat map needs times: wait, service time, response or end to end</source>
        <translation>热力图需要时间类指标：等待、处理、响应或端到端</translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 及另外 %2 项</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>depth of payments</comment>
        <translation>%1 / %2</translation>
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
        <source>Waiting for %1</source>
        <translation>等待 %1 处理</translation>
    </message>
    <message>
        <source>Response, from publish to settled</source>
        <translation>响应时间（从发布到确认）</translation>
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
        <source>Look at %1</source>
        <translation>查看 %1</translation>
    </message>
    <message>
        <source>Run until %1</source>
        <translation>运行到 %1</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>折线</translation>
    </message>
    <message>
        <source>Percentile bands</source>
        <translation>百分位带</translation>
    </message>
    <message>
        <source>Heat map</source>
        <translation>热力图</translation>
    </message>
    <message>
        <source>Logarithmic axis</source>
        <translation>对数坐标</translation>
    </message>
    <message>
        <source>Fit everything</source>
        <translation>适应窗口</translation>
    </message>
    <message>
        <source>Add a line…</source>
        <translation>添加曲线…</translation>
    </message>
    <message>
        <source>Remove a line</source>
        <translation>移除曲线</translation>
    </message>
    <message>
        <source>Keep this one, whatever is selected</source>
        <translation>固定此图，不随选择改变</translation>
    </message>
    <message>
        <source>Add a chart…</source>
        <translation>添加图表…</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Remove this chart</source>
        <translation>移除此图表</translation>
    </message>
    <message>
        <source>Export as PNG, SVG or CSV…</source>
        <translation>导出为 PNG、SVG 或 CSV…</translation>
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
    <message>
        <source>Add a chart of any figure</source>
        <translation>为任意指标添加图表</translation>
    </message>
    <message>
        <source>Add a chart</source>
        <translation>添加图表</translation>
    </message>
    <message>
        <source>Lines, bands or heat map, log axis, more lines, export</source>
        <translation>折线、百分位带或热力图，对数坐标，更多曲线，导出</translation>
    </message>
    <message>
        <source>More about this chart</source>
        <translation>此图表的更多操作</translation>
    </message>
    <message>
        <source>Left and Right move the reading, Enter pins it, plus and minus zoom, 0 fits, Escape clears pin and brush</source>
        <translation>左右方向键移动读数，回车固定，加减号缩放，0 显示全部，Esc 清除固定读数和刷选</translation>
    </message>
    <message>
        <source>%1: nothing to show yet</source>
        <translation>%1：暂无数据</translation>
    </message>
    <message>
        <source>%1 only sends: Throughput shows how much</source>
        <translation>%1 只发送：吞吐量显示发送多少</translation>
    </message>
</context>
<context>
    <name>weir::ChartPlot</name>
    <message>
        <source>%1 more</source>
        <translation>另有 %1 项</translation>
    </message>
    <message>
        <source>Click to show or hide this line</source>
        <translation>单击以显示或隐藏此曲线</translation>
    </message>
</context>
<context>
    <name>weir::Charts</name>
    <message>
        <source>Charts</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>Picture (*.png)</source>
        <translation>图片 (*.png)</translation>
    </message>
    <message>
        <source>Drawing (*.svg)</source>
        <translation>矢量图 (*.svg)</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>No chart</source>
        <translation>没有图表</translation>
    </message>
    <message>
        <source>Drag a node here from the canvas or the outline, or add a figure by name</source>
        <translation>从画布或大纲拖来一个节点，或按名称添加指标</translation>
    </message>
    <message>
        <source>Add a chart</source>
        <translation>添加图表</translation>
    </message>
    <message>
        <source>Add a chart of any figure</source>
        <translation>为任意指标添加图表</translation>
    </message>
    <message>
        <source>%1, forked at %2</source>
        <translation>%1，分叉于 %2</translation>
    </message>
    <message>
        <source>Export the chart</source>
        <translation>导出图表</translation>
    </message>
    <message>
        <source>Charts of other scenarios&apos; nodes come back with these</source>
        <translation>其他场景的节点的图表会随那些节点一起回来</translation>
    </message>
</context>
<context>
    <name>weir::ChoicePopup</name>
    <message>
        <source>and %1 more: type to find them</source>
        <translation>还有 %1 项：输入文字即可查找</translation>
    </message>
    <message>
        <source>Nothing fits.</source>
        <translation>没有匹配项。</translation>
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
    <name>weir::ColourPopup</name>
    <message>
        <source>In force</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>红色</translation>
    </message>
    <message>
        <source>Amber</source>
        <translation>琥珀色</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>绿色</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>蓝色</translation>
    </message>
    <message>
        <source>Remove this rule</source>
        <translation>移除此规则</translation>
    </message>
    <message>
        <source>Colour rows for which this holds</source>
        <translation>为满足条件的行着色</translation>
    </message>
    <message>
        <source>No rule yet. One such as kind = &apos;failed&apos; or latency &gt; 1s lets its rows stand out; the first rule that holds wins.</source>
        <translation>还没有规则。例如 kind = &apos;failed&apos; 或 latency &gt; 1s 可让相应的行更醒目；首个成立的规则生效。</translation>
    </message>
    <message>
        <source>Add rule</source>
        <translation>添加规则</translation>
    </message>
</context>
<context>
    <name>weir::CommandEntries</name>
    <message>
        <source>Service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>Event type</source>
        <translation>事件类型</translation>
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
    <name>weir::CommandRefusal</name>
    <message>
        <source>Only a simulation can be given commands</source>
        <translation>只有仿真才能接受命令</translation>
    </message>
    <message>
        <source>The run has ended, and takes no more commands: go back to an earlier instant first</source>
        <translation>运行已结束，不再接受命令：请先回到更早的时刻</translation>
    </message>
</context>
<context>
    <name>weir::Commands</name>
    <message>
        <source>Search or run a command</source>
        <translation>搜索或执行命令</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>所有快捷键</translation>
    </message>
    <message>
        <source>&amp;Command palette…</source>
        <translation>命令面板(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>键盘快捷键(&amp;K)</translation>
    </message>
</context>
<context>
    <name>weir::ComparisonView</name>
    <message>
        <source>Comparison</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>%1, attempt %2</source>
        <translation>%1，第 %2 次尝试</translation>
    </message>
    <message>
        <source>The conversations of %1 and %2 took equally long, %3.</source>
        <translation>%1 与 %2 的会话用时相同，均为 %3。</translation>
    </message>
    <message>
        <source>The conversation of %1 took %2 longer than that of %3: %4 and %5.</source>
        <translation>%1 的会话比 %3 的多用 %2：分别为 %4 和 %5。</translation>
    </message>
    <message>
        <source>The conversation of %1 took %2 less than that of %3: %4 and %5.</source>
        <translation>%1 的会话比 %3 的少用 %2：分别为 %4 和 %5。</translation>
    </message>
    <message>
        <source>They differ most in %1 (%2).</source>
        <translation>差别最大的是 %1（%2）。</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差值</translation>
    </message>
    <message>
        <source>%1: after %2, for %3</source>
        <translation>%1：%2 后开始，持续 %3</translation>
    </message>
    <message>
        <source>%1: does not have it</source>
        <translation>%1：没有这一步</translation>
    </message>
</context>
<context>
    <name>weir::DeadLettersView</name>
    <message>
        <source>1 dead letter</source>
        <translation>1 条死信</translation>
    </message>
    <message>
        <source>%1 dead letters</source>
        <translation>%1 条死信</translation>
    </message>
    <message>
        <source>the newest %1 are listed</source>
        <translation>仅列出最新的 %1 条</translation>
    </message>
    <message>
        <source>%1 older ones are not followed any more</source>
        <translation>另有 %1 条较早的不再跟踪</translation>
    </message>
    <message>
        <source>1 copy was dropped: nothing kept it</source>
        <translation>1 个副本被丢弃：没有死信通道接收</translation>
    </message>
    <message>
        <source>%1 copies were dropped: nothing kept them</source>
        <translation>%1 个副本被丢弃：没有死信通道接收</translation>
    </message>
    <message>
        <source>reading on</source>
        <translation>读取中</translation>
    </message>
    <message>
        <source>What could not be handled lies here: open a scenario first (Ctrl+O)</source>
        <translation>无法处理的消息会列在这里：请先打开场景（Ctrl+O）</translation>
    </message>
    <message>
        <source>No dead letter at this moment. A channel with &quot;deadLetter&quot; sends here what it gives up; step back or run on to see others.</source>
        <translation>此刻没有死信。设有“deadLetter”的通道会把放弃的消息送到这里；后退或继续运行可查看其他时刻。</translation>
    </message>
    <message>
        <source>Choose a letter to see its attempts</source>
        <translation>选择一条死信以查看各次尝试</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>尝试次数</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>为什么？</translation>
    </message>
    <message>
        <source>Leads to the first failure, in every view (Enter)</source>
        <translation>在所有视图中定位到首次失败（Enter）</translation>
    </message>
    <message>
        <source>Mend its data and send it on as a new event</source>
        <translation>修正数据并作为新事件发送</translation>
    </message>
    <message>
        <source>Redrive</source>
        <translation>重新投递</translation>
    </message>
    <message>
        <source>The chosen letters go back to where they died; given to the run at the playhead</source>
        <translation>所选死信回到来源通道；在播放头处作用于运行</translation>
    </message>
    <message>
        <source>All letters that wait go back to where they died</source>
        <translation>所有等待中的死信回到来源通道</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>The chosen letters are thrown away; who steps back has them again</source>
        <translation>丢弃所选死信；后退一步可恢复</translation>
    </message>
    <message>
        <source>those that came before %1 are not listed</source>
        <translation>%1 之前到来的不在列表中</translation>
    </message>
    <message>
        <source>No dead letter lies here at this moment. There were %1 so far: they were handled, redriven or discarded.</source>
        <translation>此刻没有死信。至今共有 %1 条：已被处理、重投或丢弃。</translation>
    </message>
    <message>
        <source>Dead letters</source>
        <translation>死信</translation>
    </message>
    <message>
        <source>Show the last one</source>
        <translation>显示最近一条</translation>
    </message>
    <message>
        <source>Goes back to the moment at which it died</source>
        <translation>回到它成为死信的时刻</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>编辑…</translation>
    </message>
    <message>
        <source>Redrive all</source>
        <translation>全部重投</translation>
    </message>
</context>
<context>
    <name>weir::DensityPreview</name>
    <message>
        <source>mean %1</source>
        <translation>均值 %1</translation>
    </message>
    <message>
        <source>mean without end</source>
        <translation>均值无穷大</translation>
    </message>
    <message>
        <source>Shape of the distribution</source>
        <translation>分布的形状</translation>
    </message>
</context>
<context>
    <name>weir::DetailsView</name>
    <message>
        <source>%1 fails whenever %2</source>
        <translation>只要 %2，%1 就会失败</translation>
    </message>
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
    <name>weir::DocumentFiles</name>
    <message>
        <source>Scenarios (*.json *.jsonc)</source>
        <translation>场景 (*.json *.jsonc)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>%1 could not be opened. The present document stays as it is.</source>
        <translation>无法打开 %1。当前文档保持不变。</translation>
    </message>
    <message>
        <source>Reload</source>
        <translation>重新加载</translation>
    </message>
    <message>
        <source>%1 could not be loaded. The present document stays as it is.</source>
        <translation>无法加载 %1。当前文档保持不变。</translation>
    </message>
    <message>
        <source>%1 is read-only.</source>
        <translation>%1 是只读的。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>%1 was changed by another program. Saving would write over that.</source>
        <translation>%1 已被其他程序修改。保存会覆盖这些修改。</translation>
    </message>
    <message>
        <source>Overwrite</source>
        <translation>覆盖</translation>
    </message>
    <message>
        <source>scenario</source>
        <translation>scenario</translation>
    </message>
    <message>
        <source>%1 could not be saved. Nothing is lost: your changes are still here.</source>
        <translation>无法保存 %1。没有丢失任何内容：您的修改仍在这里。</translation>
    </message>
    <message>
        <source>%1 has changes that are not saved.</source>
        <translation>%1 有尚未保存的修改。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>%1 is gone from the disk, or cannot be read. Saving writes it again.</source>
        <translation>%1 已不在磁盘上或无法读取。保存会重新写入。</translation>
    </message>
    <message>
        <source>%1 was changed by another program.</source>
        <translation>%1 已被其他程序修改。</translation>
    </message>
    <message>
        <source>an untitled scenario</source>
        <translation>未命名的场景</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>The work could not be restored. It is kept in %1.</source>
        <translation>无法恢复这些内容。它们保存在 %1 中。</translation>
    </message>
    <message>
        <source>%1 (read-only)</source>
        <translation>%1（只读）</translation>
    </message>
    <message>
        <source>Watching %1</source>
        <translation>正在观测 %1</translation>
    </message>
    <message>
        <source>%1 could not be opened.</source>
        <translation>无法打开 %1。</translation>
    </message>
    <message>
        <source>Open a scenario</source>
        <translation>打开场景</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Save the scenario</source>
        <translation>保存场景</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>保留我的版本</translation>
    </message>
    <message>
        <source>%1 was loaded again. Changes that were not saved are gone.</source>
        <translation>%1 已重新载入，未保存的更改已丢弃。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>%1, from %2</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>另有 %1 个</translation>
    </message>
    <message>
        <source>Unsaved work was found on %1.</source>
        <translation>发现 %1 的未保存内容。</translation>
    </message>
    <message>
        <source>Unsaved work was found on %1 scenarios: %2.</source>
        <translation>发现 %1 个场景的未保存内容：%2。</translation>
    </message>
    <message>
        <source>Restore all</source>
        <translation>全部恢复</translation>
    </message>
    <message>
        <source>Discard all</source>
        <translation>全部丢弃</translation>
    </message>
</context>
<context>
    <name>weir::Editor</name>
    <message>
        <source>Service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>消息源</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Direct exchange</source>
        <translation>直连交换机</translation>
    </message>
    <message>
        <source>Fan-out exchange</source>
        <translation>扇出交换机</translation>
    </message>
    <message>
        <source>Stream</source>
        <translation>流</translation>
    </message>
    <message>
        <source>Dead-letter queue</source>
        <translation>死信队列</translation>
    </message>
    <message>
        <source>Handles events and may emit others</source>
        <translation>处理事件，并可发出其他事件</translation>
    </message>
    <message>
        <source>A service that emits by itself</source>
        <translation>自行发出事件的服务</translation>
    </message>
    <message>
        <source>Each copy goes to one of its consumers</source>
        <translation>每个副本交给其中一个消费者</translation>
    </message>
    <message>
        <source>Passes on by patterns, to every queue bound to it</source>
        <translation>按模式转给绑定到它的每个队列</translation>
    </message>
    <message>
        <source>Passes on by exact keys</source>
        <translation>按精确键转发</translation>
    </message>
    <message>
        <source>Passes everything on to all that are bound to it</source>
        <translation>把一切转给所有绑定者</translation>
    </message>
    <message>
        <source>A partitioned log: every group reads at its own pace</source>
        <translation>分区日志：每个组按自己的节奏读取</translation>
    </message>
    <message>
        <source>Keeps what the selected queues give up</source>
        <translation>保留所选队列放弃的消息</translation>
    </message>
    <message>
        <source>It is not in the scenario&apos;s file</source>
        <translation>它不在场景文件中</translation>
    </message>
    <message>
        <source>Nothing is tied to itself</source>
        <translation>不能与自身相连</translation>
    </message>
    <message>
        <source>Services speak through channels: drop on empty ground to make one</source>
        <translation>服务通过通道交流：放到空白处以新建通道</translation>
    </message>
    <message>
        <source>A handler&apos;s own queue takes from its topic and feeds its handler only</source>
        <translation>处理器自带的队列只从其主题取得，只供其处理器</translation>
    </message>
    <message>
        <source>They are tied already</source>
        <translation>它们已经相连</translation>
    </message>
    <message>
        <source>Exchanges must not be bound in a circle</source>
        <translation>交换机不能绑定成环</translation>
    </message>
    <message>
        <source>Let %1 emit to %2</source>
        <translation>让 %1 向 %2 发出</translation>
    </message>
    <message>
        <source>Bind %2 to %1</source>
        <translation>把 %2 绑定到 %1</translation>
    </message>
    <message>
        <source>Let %2 handle %1</source>
        <translation>让 %2 处理 %1</translation>
    </message>
    <message>
        <source>Send dead letters of %1 to %2</source>
        <translation>把 %1 的死信送到 %2</translation>
    </message>
    <message>
        <source>1 handler</source>
        <translation>1 个处理器</translation>
    </message>
    <message>
        <source>%1 handlers</source>
        <translation>%1 个处理器</translation>
    </message>
    <message>
        <source>1 binding</source>
        <translation>1 个绑定</translation>
    </message>
    <message>
        <source>%1 bindings</source>
        <translation>%1 个绑定</translation>
    </message>
    <message>
        <source>1 source</source>
        <translation>1 个来源</translation>
    </message>
    <message>
        <source>%1 sources</source>
        <translation>%1 个来源</translation>
    </message>
    <message>
        <source>1 emit</source>
        <translation>1 个发出动作</translation>
    </message>
    <message>
        <source>%1 emits</source>
        <translation>%1 个发出动作</translation>
    </message>
    <message>
        <source>1 dead-letter tie</source>
        <translation>1 个死信连接</translation>
    </message>
    <message>
        <source>%1 dead-letter ties</source>
        <translation>%1 个死信连接</translation>
    </message>
    <message>
        <source>1 fault</source>
        <translation>1 个故障</translation>
    </message>
    <message>
        <source>%1 faults</source>
        <translation>%1 个故障</translation>
    </message>
    <message>
        <source>1 expectation</source>
        <translation>1 个期望</translation>
    </message>
    <message>
        <source>%1 expectations</source>
        <translation>%1 个期望</translation>
    </message>
    <message>
        <source>1 breakpoint</source>
        <translation>1 个断点</translation>
    </message>
    <message>
        <source>%1 breakpoints</source>
        <translation>%1 个断点</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1和 %2</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>%1 goes too</source>
        <translation>%1也会一起删除</translation>
    </message>
    <message>
        <source>%1 go too</source>
        <translation>%1也会一起删除</translation>
    </message>
    <message>
        <source>Let %1 retry %2 times at most</source>
        <translation>让 %1 最多重试 %2 次</translation>
    </message>
    <message>
        <source>Give %1 a dead-letter queue, %2</source>
        <translation>给 %1 一个死信队列 %2</translation>
    </message>
    <message>
        <source>Make %1 idempotent</source>
        <translation>使 %1 幂等</translation>
    </message>
    <message>
        <source>Let %1 ack when it is done</source>
        <translation>让 %1 在完成后确认</translation>
    </message>
    <message>
        <source>Let %1 wait %2 for acks</source>
        <translation>让 %1 等待确认 %2</translation>
    </message>
    <message>
        <source>Run %2 instances of %1</source>
        <translation>运行 %2 个 %1 实例</translation>
    </message>
    <message>
        <source>Let %1 emit to %2 %3 times in 100</source>
        <translation>让 %1 每 100 次向 %2 发出 %3 次</translation>
    </message>
    <message>
        <source>Let %1 emit nothing to %2</source>
        <translation>让 %1 不再向 %2 发出</translation>
    </message>
    <message>
        <source>Let %1 send no dead letters to %2</source>
        <translation>让 %1 不再把死信送到 %2</translation>
    </message>
    <message>
        <source>Let %1 emit %2</source>
        <translation>让 %1 发出 %2</translation>
    </message>
    <message>
        <source>Add a queue %1 bound to %2</source>
        <translation>添加绑定到 %2 的队列 %1</translation>
    </message>
    <message>
        <source>Add a service %1 that reads %2</source>
        <translation>添加读取 %2 的服务 %1</translation>
    </message>
    <message>
        <source>Give %1 %2 partitions</source>
        <translation>给 %1 %2 个分区</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>移除 %1</translation>
    </message>
    <message>
        <source>Remove this binding of %1 to %2</source>
        <translation>移除 %1 到 %2 的这个绑定</translation>
    </message>
    <message>
        <source>Remove this fault of %1</source>
        <translation>移除 %1 的这个故障</translation>
    </message>
    <message>
        <source>1 link</source>
        <translation>1 条链路</translation>
    </message>
    <message>
        <source>%1 links</source>
        <translation>%1 条链路</translation>
    </message>
</context>
<context>
    <name>weir::ErrorText</name>
    <message>
        <source>needs a text</source>
        <translation>需要文本</translation>
    </message>
    <message>
        <source>needs true or false</source>
        <translation>需要 true 或 false</translation>
    </message>
    <message>
        <source>needs a number</source>
        <translation>需要数字</translation>
    </message>
    <message>
        <source>needs a number from %1 to %2</source>
        <translation>需要 %1 到 %2 之间的数字</translation>
    </message>
    <message>
        <source>needs a whole number from %1 to %2</source>
        <translation>需要 %1 到 %2 之间的整数</translation>
    </message>
    <message>
        <source>needs a whole number from %1 to %2, or &quot;unbounded&quot;</source>
        <translation>需要 %1 到 %2 之间的整数，或 &quot;unbounded&quot;</translation>
    </message>
    <message>
        <source>needs one of %1</source>
        <translation>需要其中之一：%1</translation>
    </message>
    <message>
        <source>needs a key of %1</source>
        <translation>这里是%1，没有这个键</translation>
    </message>
    <message>
        <source>needs a table, %1</source>
        <translation>需要一个表：%1</translation>
    </message>
    <message>
        <source>needs a table</source>
        <translation>需要一个表</translation>
    </message>
    <message>
        <source>needs a list of %1</source>
        <translation>需要列表：%1</translation>
    </message>
    <message>
        <source>needs &quot;%1&quot;, %2</source>
        <translation>需要 &quot;%1&quot;：%2</translation>
    </message>
    <message>
        <source>has %1 more errors</source>
        <translation>另有 %1 处错误</translation>
    </message>
    <message>
        <source>needs a duration such as &quot;20ms&quot;, &quot;1.5s&quot; or &quot;10min&quot;</source>
        <translation>需要时长，如 &quot;20ms&quot;、&quot;1.5s&quot; 或 &quot;10min&quot;</translation>
    </message>
    <message>
        <source>needs a duration that is a whole number of nanoseconds below 292 years</source>
        <translation>需要时长：纳秒的整数倍，且短于 292 年</translation>
    </message>
    <message>
        <source>needs a duration above 0</source>
        <translation>需要大于 0 的时长</translation>
    </message>
    <message>
        <source>needs a duration above 0 such as &quot;10min&quot;, or &quot;end&quot; to run until nothing is left to do</source>
        <translation>需要大于 0 的时长，如 &quot;10min&quot;；或 &quot;end&quot;，运行到无事可做为止</translation>
    </message>
    <message>
        <source>needs a duration shorter than the run</source>
        <translation>需要短于运行时间的时长</translation>
    </message>
    <message>
        <source>needs a rate such as &quot;20/s&quot; or &quot;90/min&quot;</source>
        <translation>需要速率，如 &quot;20/s&quot; 或 &quot;90/min&quot;</translation>
    </message>
    <message>
        <source>needs a rate above 0 such as &quot;20/s&quot;, &quot;90/min&quot; or &quot;1MiB/s&quot;</source>
        <translation>需要大于 0 的速率，如 &quot;20/s&quot;、&quot;90/min&quot; 或 &quot;1MiB/s&quot;</translation>
    </message>
    <message>
        <source>needs a size such as &quot;1KiB&quot;, &quot;10MB&quot; or &quot;512B&quot;</source>
        <translation>需要大小，如 &quot;1KiB&quot;、&quot;10MB&quot; 或 &quot;512B&quot;</translation>
    </message>
    <message>
        <source>needs a size above 0</source>
        <translation>需要大于 0 的大小</translation>
    </message>
    <message>
        <source>needs a number or a template of one</source>
        <translation>需要数字，或得出数字的模板</translation>
    </message>
    <message>
        <source>needs a name of 1 to 200 bytes without control characters</source>
        <translation>需要 1 到 200 字节的名称，不含控制字符</translation>
    </message>
    <message>
        <source>needs a text, or {&quot;en&quot;: text, &quot;zh&quot;: text}</source>
        <translation>需要文本，或 {&quot;en&quot;: 文本, &quot;zh&quot;: 文本}</translation>
    </message>
    <message>
        <source>needs a JSON value</source>
        <translation>需要 JSON 值</translation>
    </message>
    <message>
        <source>needs nothing after the value</source>
        <translation>值之后不应再有内容</translation>
    </message>
    <message>
        <source>needs at most 64 levels of nesting</source>
        <translation>嵌套至多 64 层</translation>
    </message>
    <message>
        <source>needs a JSON number within 10^6144</source>
        <translation>需要 10^6144 以内的 JSON 数字</translation>
    </message>
    <message>
        <source>needs &apos;,&apos; or &apos;]&apos;</source>
        <translation>需要“,”或“]”</translation>
    </message>
    <message>
        <source>needs &apos;,&apos; or &apos;}&apos;</source>
        <translation>需要“,”或“}”</translation>
    </message>
    <message>
        <source>needs &apos;:&apos; after the name</source>
        <translation>名称之后需要“:”</translation>
    </message>
    <message>
        <source>needs a name in double quotes</source>
        <translation>需要双引号中的名称</translation>
    </message>
    <message>
        <source>needs each name once in a table</source>
        <translation>一个表中每个名称只能出现一次</translation>
    </message>
    <message>
        <source>needs a closing &apos;&quot;&apos;</source>
        <translation>需要结尾的“&quot;”</translation>
    </message>
    <message>
        <source>needs control characters in a string to be escaped</source>
        <translation>字符串中的控制字符需要转义</translation>
    </message>
    <message>
        <source>needs an escape that JSON knows (\&quot; \\ \/ \b \f \n \r \t \uXXXX)</source>
        <translation>需要 JSON 认识的转义 (\&quot; \\ \/ \b \f \n \r \t \uXXXX)</translation>
    </message>
    <message>
        <source>needs four hexadecimal digits after \u</source>
        <translation>\u 之后需要四位十六进制数字</translation>
    </message>
    <message>
        <source>needs both halves of a surrogate pair</source>
        <translation>需要代理对的两半</translation>
    </message>
    <message>
        <source>needs UTF-8</source>
        <translation>需要 UTF-8</translation>
    </message>
    <message>
        <source>needs a */ that closes the comment</source>
        <translation>需要结束注释的 */</translation>
    </message>
    <message>
        <source>needs a JSON pointer, where ~ is written ~0 and / is written ~1</source>
        <translation>需要 JSON 指针，其中 ~ 写作 ~0，/ 写作 ~1</translation>
    </message>
    <message>
        <source>needs a JSON pointer, which begins with a slash and where ~ is written ~0 and / is written ~1</source>
        <translation>需要 JSON 指针：以斜杠开头，其中 ~ 写作 ~0，/ 写作 ~1</translation>
    </message>
    <message>
        <source>needs a JSON pointer, which begins with a slash</source>
        <translation>需要 JSON 指针，以斜杠开头</translation>
    </message>
    <message>
        <source>needs an index below %1</source>
        <translation>需要小于 %1 的序号</translation>
    </message>
    <message>
        <source>has nothing inside: it is %1</source>
        <translation>里面没有内容：它是 %1</translation>
    </message>
    <message>
        <source>has nothing inside</source>
        <translation>里面没有内容</translation>
    </message>
    <message>
        <source>needs a key that the file has</source>
        <translation>需要文件中已有的键</translation>
    </message>
    <message>
        <source>needs a file</source>
        <translation>需要一个文件</translation>
    </message>
    <message>
        <source>needs a file that can be read</source>
        <translation>需要可以读取的文件</translation>
    </message>
    <message>
        <source>needs a file that can be written</source>
        <translation>需要可以写入的文件</translation>
    </message>
    <message>
        <source>needs at most 64 MiB</source>
        <translation>至多 64 MiB</translation>
    </message>
    <message>
        <source>needs at most 4 MiB</source>
        <translation>至多 4 MiB</translation>
    </message>
    <message>
        <source>needs &quot;1&quot;, the version of the format</source>
        <translation>需要 &quot;1&quot;，即格式版本</translation>
    </message>
    <message>
        <source>needs an object with &quot;weir-fragment&quot;</source>
        <translation>需要含 &quot;weir-fragment&quot; 的对象</translation>
    </message>
    <message>
        <source>needs a node</source>
        <translation>需要一个节点</translation>
    </message>
    <message>
        <source>needs a place inside the document, which has no name and cannot be removed</source>
        <translation>需要文档内部的位置；文档本身没有名称，也不能删除</translation>
    </message>
    <message>
        <source>needs a member of a table: elements of a list have no name</source>
        <translation>需要表的成员：列表的元素没有名称</translation>
    </message>
    <message>
        <source>needs a new name that nothing else here has</source>
        <translation>需要这里尚未使用的新名称</translation>
    </message>
    <message>
        <source>needs the name of an event type</source>
        <translation>需要事件类型的名称</translation>
    </message>
    <message>
        <source>needs the name of a service</source>
        <translation>需要服务的名称</translation>
    </message>
    <message>
        <source>needs the name of a channel</source>
        <translation>需要通道的名称</translation>
    </message>
    <message>
        <source>needs the name of a node</source>
        <translation>需要节点的名称</translation>
    </message>
    <message>
        <source>needs the name of a queue</source>
        <translation>需要队列的名称</translation>
    </message>
    <message>
        <source>needs the name of a stream</source>
        <translation>需要流的名称</translation>
    </message>
    <message>
        <source>needs the name of an exchange or topic</source>
        <translation>需要交换机或主题的名称</translation>
    </message>
    <message>
        <source>needs the name of another exchange</source>
        <translation>需要另一个交换机的名称</translation>
    </message>
    <message>
        <source>needs the name of a subscription</source>
        <translation>需要订阅的名称</translation>
    </message>
    <message>
        <source>needs the name of a service, queue or stream</source>
        <translation>需要服务、队列或流的名称</translation>
    </message>
    <message>
        <source>needs the name of a service or event type</source>
        <translation>需要服务或事件类型的名称</translation>
    </message>
    <message>
        <source>needs the name of a channel or service</source>
        <translation>需要通道或服务的名称</translation>
    </message>
    <message>
        <source>needs the name of a service, or of a queue or stream that is read</source>
        <translation>需要服务的名称，或有人读取的队列或流的名称</translation>
    </message>
    <message>
        <source>needs the name of a service that reads the stream</source>
        <translation>需要读取该流的服务的名称</translation>
    </message>
    <message>
        <source>needs the name of a channel to redrive to</source>
        <translation>需要重投目标通道的名称</translation>
    </message>
    <message>
        <source>needs the name of a node of the broker</source>
        <translation>需要消息代理节点的名称</translation>
    </message>
    <message>
        <source>needs the name of a state table</source>
        <translation>需要状态表的名称</translation>
    </message>
    <message>
        <source>needs the name of a table</source>
        <translation>需要表的名称</translation>
    </message>
    <message>
        <source>needs a name that no channel or service has</source>
        <translation>需要通道和服务都未使用的名称</translation>
    </message>
    <message>
        <source>needs a name that no channel has</source>
        <translation>需要通道未使用的名称</translation>
    </message>
    <message>
        <source>needs a node that is in no other group (it is in %1)</source>
        <translation>需要不属于其他组的节点（它在 %1 中）</translation>
    </message>
    <message>
        <source>needs a position [x, y]</source>
        <translation>需要位置 [x, y]</translation>
    </message>
    <message>
        <source>needs &quot;folded&quot;: where a group stands follows from its nodes</source>
        <translation>需要 &quot;folded&quot;：组的位置由其节点决定</translation>
    </message>
    <message>
        <source>needs a subscription: the name of a queue, or of a service that reads a stream</source>
        <translation>需要订阅：队列的名称，或读取流的服务的名称</translation>
    </message>
    <message>
        <source>needs an event type that is declared</source>
        <translation>需要已声明的事件类型</translation>
    </message>
    <message>
        <source>needs a version that the event type has</source>
        <translation>需要该事件类型拥有的版本</translation>
    </message>
    <message>
        <source>needs a version that the event type has a schema for</source>
        <translation>需要该事件类型有模式的版本</translation>
    </message>
    <message>
        <source>needs a fault: a table with &quot;at&quot; and one of %1</source>
        <translation>需要故障：一个含 &quot;at&quot; 和下列之一的表：%1</translation>
    </message>
    <message>
        <source>needs an expectation: a table with ledger, that, always or ordered</source>
        <translation>需要期望：一个含 ledger、that、always 或 ordered 的表</translation>
    </message>
    <message>
        <source>needs &quot;closed&quot;</source>
        <translation>需要 &quot;closed&quot;</translation>
    </message>
    <message>
        <source>needs &quot;any&quot;</source>
        <translation>需要 &quot;any&quot;</translation>
    </message>
    <message>
        <source>needs one of when, type, metric, broken, at</source>
        <translation>需要其中之一：when、type、metric、broken、at</translation>
    </message>
    <message>
        <source>needs at most 1000000 places (instances and partitions, over all handlers)</source>
        <translation>所有处理器的实例与分区合计至多 1000000 个</translation>
    </message>
    <message>
        <source>needs &quot;deadLetter&quot; beside it, whose routing key it is</source>
        <translation>旁边需要 &quot;deadLetter&quot;，这是它的路由键</translation>
    </message>
    <message>
        <source>needs a &quot;deadLetter&quot; channel beside it</source>
        <translation>旁边需要 &quot;deadLetter&quot; 通道</translation>
    </message>
    <message>
        <source>needs &quot;capacity&quot; or &quot;capacityBytes&quot; beside it, since without one nothing overflows</source>
        <translation>旁边需要 &quot;capacity&quot; 或 &quot;capacityBytes&quot;，否则什么也不会溢出</translation>
    </message>
    <message>
        <source>needs &quot;capacity&quot; or &quot;capacityBytes&quot; beside it, since it says what they count</source>
        <translation>旁边需要 &quot;capacity&quot; 或 &quot;capacityBytes&quot;，它说明两者计什么</translation>
    </message>
    <message>
        <source>needs {&quot;limit&quot;, &quot;burst&quot;}, since a limit in bytes passes nothing larger than its burst</source>
        <translation>需要 {&quot;limit&quot;, &quot;burst&quot;}，因为按字节的限速不放行超过突发量的消息</translation>
    </message>
    <message>
        <source>needs &quot;action&quot;: &quot;shape&quot; or &quot;block&quot;: what is dropped does not wait</source>
        <translation>需要 &quot;action&quot;: &quot;shape&quot; 或 &quot;block&quot;：被丢弃的不会等待</translation>
    </message>
    <message>
        <source>needs 1 to %1 durations</source>
        <translation>需要 1 到 %1 个时长</translation>
    </message>
    <message>
        <source>needs &quot;backoff&quot;: &quot;exponential&quot;, whose factor it is</source>
        <translation>需要 &quot;backoff&quot;: &quot;exponential&quot;，这是它的倍数</translation>
    </message>
    <message>
        <source>needs &quot;backoff&quot;: &quot;explicit&quot;, whose steps they are</source>
        <translation>需要 &quot;backoff&quot;: &quot;explicit&quot;，这些是它的各步</translation>
    </message>
    <message>
        <source>needs a backoff that grows from it: fixed, linear or exponential</source>
        <translation>需要由它增长的退避：fixed、linear 或 exponential</translation>
    </message>
    <message>
        <source>needs a queue, in which retries wait</source>
        <translation>需要一个队列，供重试等待</translation>
    </message>
    <message>
        <source>must not be more than &quot;max&quot;</source>
        <translation>不得大于 &quot;max&quot;</translation>
    </message>
    <message>
        <source>needs &quot;ack&quot;: &quot;batch&quot; or &quot;cumulative&quot;, whose acks it gathers</source>
        <translation>需要 &quot;ack&quot;: &quot;batch&quot; 或 &quot;cumulative&quot;，它汇集的是这些确认</translation>
    </message>
    <message>
        <source>needs a &quot;prefetch&quot; of at least &quot;min&quot;, or &quot;linger&quot;: else a worker waits for ever</source>
        <translation>&quot;prefetch&quot; 须不小于 &quot;min&quot;，或需要 &quot;linger&quot;：否则工作线程会一直等下去</translation>
    </message>
    <message>
        <source>needs acks: what is settled on delivery cannot wait for others</source>
        <translation>需要确认：投递时即结清的不能等待其他消息</translation>
    </message>
    <message>
        <source>needs exactly one of %1</source>
        <translation>需要且仅需要其中之一：%1</translation>
    </message>
    <message>
        <source>needs exactly one kind of distribution</source>
        <translation>需要且仅需要一种分布</translation>
    </message>
    <message>
        <source>needs two of a lognormal&apos;s figures: &quot;mean&quot; and &quot;sd&quot;, or &quot;mean&quot; or &quot;median&quot; and one of &quot;p90&quot;, &quot;p95&quot;, &quot;p99&quot;, &quot;p999&quot;</source>
        <translation>对数正态分布需要两个数值：&quot;mean&quot; 与 &quot;sd&quot;，或 &quot;mean&quot;、&quot;median&quot; 之一与 &quot;p90&quot;、&quot;p95&quot;、&quot;p99&quot;、&quot;p999&quot; 之一</translation>
    </message>
    <message>
        <source>needs either &quot;scale&quot; or &quot;mean&quot; beside &quot;shape&quot;</source>
        <translation>&quot;shape&quot; 旁需要 &quot;scale&quot; 或 &quot;mean&quot; 之一</translation>
    </message>
    <message>
        <source>needs either &quot;min&quot; or &quot;mean&quot; beside &quot;shape&quot;</source>
        <translation>&quot;shape&quot; 旁需要 &quot;min&quot; 或 &quot;mean&quot; 之一</translation>
    </message>
    <message>
        <source>needs true; a source that is not always ready has a rate, gaps or times</source>
        <translation>需要 true；并非始终就绪的来源应有速率、间隔或时刻</translation>
    </message>
    <message>
        <source>needs &quot;users&quot;, whose thinking time it is</source>
        <translation>需要 &quot;users&quot;，这是他们的思考时间</translation>
    </message>
    <message>
        <source>needs a JSON Schema, or the name of a file beside the scenario that holds one</source>
        <translation>需要 JSON Schema，或场景旁存有它的文件的名称</translation>
    </message>
    <message>
        <source>needs a file beside the scenario that can be read, of at most 1 MiB</source>
        <translation>需要场景旁可以读取的文件，至多 1 MiB</translation>
    </message>
    <message>
        <source>needs a file that holds JSON (%1)</source>
        <translation>需要存有 JSON 的文件（%1）</translation>
    </message>
    <message>
        <source>needs a JSON Schema (%1)</source>
        <translation>需要 JSON Schema（%1）</translation>
    </message>
    <message>
        <source>needs to stand in &quot;versions&quot;, since the event type has those</source>
        <translation>需要写在 &quot;versions&quot; 中，因为该事件类型有多个版本</translation>
    </message>
    <message>
        <source>needs at most %1 versions</source>
        <translation>至多 %1 个版本</translation>
    </message>
    <message>
        <source>needs the version that the event type has</source>
        <translation>需要该事件类型拥有的版本</translation>
    </message>
    <message>
        <source>needs &quot;versions&quot; beside it, which it is about</source>
        <translation>旁边需要 &quot;versions&quot;，它说的是这些版本</translation>
    </message>
    <message>
        <source>needs its schema&apos;s file, whose place is not known</source>
        <translation>需要其模式的文件，但不知道它在哪里</translation>
    </message>
    <message>
        <source>needs an action: a table with emit, reserve, release, add, fill, set, choose or if</source>
        <translation>需要动作：一个含 emit、reserve、release、add、fill、set、choose 或 if 的表</translation>
    </message>
    <message>
        <source>needs a status</source>
        <translation>需要一个状态</translation>
    </message>
    <message>
        <source>needs the path of a list such as &quot;data.items&quot;</source>
        <translation>需要列表的路径，如 &quot;data.items&quot;</translation>
    </message>
    <message>
        <source>needs the name of a member of each item</source>
        <translation>需要各项的成员名称</translation>
    </message>
    <message>
        <source>needs a member of each item</source>
        <translation>需要各项的一个成员</translation>
    </message>
    <message>
        <source>needs a branch with a weight above 0</source>
        <translation>需要权重大于 0 的分支</translation>
    </message>
    <message>
        <source>needs a table with a name</source>
        <translation>需要有名称的表</translation>
    </message>
    <message>
        <source>needs a number (a quantity) or a text (a status)</source>
        <translation>需要数字（数量）或文本（状态）</translation>
    </message>
    <message>
        <source>needs at least one of probability, when, every, attempts</source>
        <translation>至少需要其中之一：probability、when、every、attempts</translation>
    </message>
    <message>
        <source>needs true, false or {&quot;key&quot;: path, &quot;ttl&quot;: duration}</source>
        <translation>需要 true、false 或 {&quot;key&quot;: 路径, &quot;ttl&quot;: 时长}</translation>
    </message>
    <message>
        <source>needs &quot;queue&quot; or &quot;stream&quot;</source>
        <translation>需要 &quot;queue&quot; 或 &quot;stream&quot;</translation>
    </message>
    <message>
        <source>needs &quot;kind&quot;: &quot;stream&quot; beside it</source>
        <translation>旁边需要 &quot;kind&quot;: &quot;stream&quot;</translation>
    </message>
    <message>
        <source>needs no condition: it is published whenever an instance is lost</source>
        <translation>不需要条件：每失去一个实例都会发布</translation>
    </message>
    <message>
        <source>needs either &quot;emit&quot; and &quot;to&quot;, or &quot;then&quot; with actions</source>
        <translation>需要 &quot;emit&quot; 和 &quot;to&quot;，或含动作的 &quot;then&quot;</translation>
    </message>
    <message>
        <source>needs &quot;emit&quot; beside it; with &quot;then&quot; it belongs into the action</source>
        <translation>旁边需要 &quot;emit&quot;；用 &quot;then&quot; 时应写在动作里</translation>
    </message>
    <message>
        <source>needs &quot;on&quot; to name a stream; a queue has no offsets</source>
        <translation>&quot;on&quot; 需要是流：队列没有偏移量</translation>
    </message>
    <message>
        <source>needs &quot;on&quot; to name a stream; here it is a queue, which has no offsets</source>
        <translation>&quot;on&quot; 需要是流：这里是队列，没有偏移量</translation>
    </message>
    <message>
        <source>needs &quot;on&quot; to name a topic or exchange; here it is a %1</source>
        <translation>&quot;on&quot; 需要是主题或交换机：这里是 %1</translation>
    </message>
    <message>
        <source>needs an ack after the work: what is acked on delivery is committed then</source>
        <translation>需要在处理之后确认：投递时确认的，当时即已提交</translation>
    </message>
    <message>
        <source>needs &quot;ack&quot; to be &quot;manual&quot;, since each handling&apos;s own ack decides what becomes of what it published</source>
        <translation>&quot;ack&quot; 需要是 &quot;manual&quot;：每次处理自己的确认决定其发布结果</translation>
    </message>
    <message>
        <source>needs another event type: one is read with one version</source>
        <translation>需要另一个事件类型：一个类型只按一个版本读取</translation>
    </message>
    <message>
        <source>needs its own queue, whose name is taken by another channel or service</source>
        <translation>需要自己的队列，但其名称已被另一个通道或服务使用</translation>
    </message>
    <message>
        <source>needs an expression over the event alone, without metric() and state()</source>
        <translation>需要只针对事件的表达式，不含 metric() 和 state()</translation>
    </message>
    <message>
        <source>needs to stand in a queue, whose copies %1 counts</source>
        <translation>需要写在队列中：%1 计的是它的副本</translation>
    </message>
    <message>
        <source>needs &quot;to&quot; to name a topic of the order specific, whose listeners are called one by one</source>
        <translation>需要让 &quot;to&quot; 指向 order 为 specific 的主题，其监听器逐个被调用</translation>
    </message>
    <message>
        <source>needs &quot;to&quot; to name a headers exchange</source>
        <translation>&quot;to&quot; 需要是 headers 交换机</translation>
    </message>
    <message>
        <source>needs &quot;to&quot; to name an exchange of the type weighted or consistentHash</source>
        <translation>&quot;to&quot; 需要是 weighted 或 consistentHash 类型的交换机</translation>
    </message>
    <message>
        <source>needs to stand in a queue, whose consumer it is about</source>
        <translation>需要写在队列中：它说的是队列的消费者</translation>
    </message>
    <message>
        <source>needs the type topic, whose patterns it is about</source>
        <translation>需要 topic 类型：它说的是其模式</translation>
    </message>
    <message>
        <source>needs the type direct or topic, which match routing keys</source>
        <translation>需要按路由键匹配的 direct 或 topic 类型</translation>
    </message>
    <message>
        <source>needs an exchange that does not pick one of its bindings</source>
        <translation>需要不只选取一个绑定的交换机</translation>
    </message>
    <message>
        <source>needs the type consistentHash</source>
        <translation>需要 consistentHash 类型</translation>
    </message>
    <message>
        <source>needs the type consistentHash or sticky</source>
        <translation>需要 consistentHash 或 sticky 类型</translation>
    </message>
    <message>
        <source>needs no pattern, since %1 is %2</source>
        <translation>不需要模式，因为 %1 是 %2</translation>
    </message>
    <message>
        <source>needs true or {&quot;dirty&quot;: share, &quot;tombstones&quot;: duration}</source>
        <translation>需要 true 或 {&quot;dirty&quot;: 比例, &quot;tombstones&quot;: 时长}</translation>
    </message>
    <message>
        <source>needs &quot;count&quot; or &quot;bytes&quot; beside it, since without one it is never full</source>
        <translation>旁边需要 &quot;count&quot; 或 &quot;bytes&quot;，否则永远不会满</translation>
    </message>
    <message>
        <source>needs a stream that is not compacted: what is acked goes, whatever its key</source>
        <translation>需要未压缩的流：已确认的都会离开，不论键是什么</translation>
    </message>
    <message>
        <source>needs &quot;delivery&quot;: &quot;partitions&quot;: members that share the records own no partitions</source>
        <translation>需要 &quot;delivery&quot;: &quot;partitions&quot;：共享记录的成员不拥有分区</translation>
    </message>
    <message>
        <source>needs &quot;delivery&quot;: &quot;shared&quot;: else a partition goes on behind what was committed</source>
        <translation>需要 &quot;delivery&quot;: &quot;shared&quot;：否则分区从已提交之处之后继续</translation>
    </message>
    <message>
        <source>needs neither &quot;paces&quot; nor &quot;timeouts&quot; beside it, by which what timed out comes back at once</source>
        <translation>旁边不能有 &quot;paces&quot; 或 &quot;timeouts&quot;：它们使超时的立即回来</translation>
    </message>
    <message>
        <source>needs &quot;sessionTimeout&quot; beside it: a member is counted on for so long</source>
        <translation>旁边需要 &quot;sessionTimeout&quot;：在此时长内成员仍算在组内</translation>
    </message>
    <message>
        <source>needs &quot;earliest&quot;, &quot;latest&quot;, an offset such as 42, or a time of the run such as &quot;30s&quot;</source>
        <translation>需要 &quot;earliest&quot;、&quot;latest&quot;、偏移量（如 42）或运行中的时刻（如 &quot;30s&quot;）</translation>
    </message>
    <message>
        <source>needs &quot;earliest&quot;, &quot;latest&quot;, an offset or a time of the run</source>
        <translation>需要 &quot;earliest&quot;、&quot;latest&quot;、偏移量或运行中的时刻</translation>
    </message>
    <message>
        <source>needs &quot;every&quot;, a number of records, or &quot;interval&quot;, a duration, or both</source>
        <translation>需要 &quot;every&quot;（记录数）或 &quot;interval&quot;（时长），或两者</translation>
    </message>
    <message>
        <source>needs to stand alone: only one of delay, deliverAt and delayLevel says when it is due</source>
        <translation>只能单独使用：delay、deliverAt 和 delayLevel 中只能有一个说明何时到期</translation>
    </message>
    <message>
        <source>needs no &quot;confirm&quot; beside it: its producer learns from the broker what becomes of it</source>
        <translation>旁边不需要 &quot;confirm&quot;：生产者会从消息代理得知结果</translation>
    </message>
    <message>
        <source>needs two ends such as [&quot;a-service&quot;, &quot;broker&quot;]</source>
        <translation>需要两端，如 [&quot;a-service&quot;, &quot;broker&quot;]</translation>
    </message>
    <message>
        <source>needs a service and &quot;broker&quot;: services reach each other through the broker</source>
        <translation>需要一个服务和 &quot;broker&quot;：服务之间经由消息代理相通</translation>
    </message>
    <message>
        <source>needs an end that stands on no other side</source>
        <translation>需要不在其他侧的一端</translation>
    </message>
    <message>
        <source>needs two sides at least, such as [[&quot;a-service&quot;], [&quot;broker&quot;]]</source>
        <translation>至少需要两侧，如 [[&quot;a-service&quot;], [&quot;broker&quot;]]</translation>
    </message>
    <message>
        <source>needs at most &quot;24h&quot;</source>
        <translation>至多 &quot;24h&quot;</translation>
    </message>
    <message>
        <source>needs a duration such as &quot;5s&quot;, or &quot;-5s&quot; for a clock that is behind, of at most &quot;24h&quot;</source>
        <translation>需要时长，如 &quot;5s&quot;；时钟落后时如 &quot;-5s&quot;；至多 &quot;24h&quot;</translation>
    </message>
    <message>
        <source>needs &quot;always&quot;, &quot;never&quot;, or how often, such as &quot;1s&quot;</source>
        <translation>需要 &quot;always&quot;、&quot;never&quot; 或间隔（如 &quot;1s&quot;）</translation>
    </message>
    <message>
        <source>needs at most 100 nodes</source>
        <translation>至多 100 个节点</translation>
    </message>
    <message>
        <source>needs no more replicas than there are nodes, %1</source>
        <translation>副本不能多于节点，节点有 %1 个</translation>
    </message>
    <message>
        <source>needs no more than there are replicas, %1</source>
        <translation>不能多于副本，副本有 %1 个</translation>
    </message>
    <message>
        <source>needs &quot;commit&quot;: &quot;inSync&quot;: with a majority, that majority decides</source>
        <translation>需要 &quot;commit&quot;: &quot;inSync&quot;：按多数提交时由多数决定</translation>
    </message>
    <message>
        <source>needs users where there are users, and a rate where there is a rate</source>
        <translation>原为用户的仍需要用户，原为速率的仍需要速率</translation>
    </message>
    <message>
        <source>must be a rate from 0 to 1000000000 per second</source>
        <translation>须为每秒 0 到 1000000000 的速率</translation>
    </message>
    <message>
        <source>must be a time from 0 to 36525d</source>
        <translation>须为 0 到 36525d 的时刻</translation>
    </message>
    <message>
        <source>must be an interval above 0 and at most 36525d</source>
        <translation>须为大于 0 且至多 36525d 的间隔</translation>
    </message>
    <message>
        <source>must have a mean from 1ns to 36525d</source>
        <translation>均值须在 1ns 到 36525d 之间</translation>
    </message>
    <message>
        <source>must have a finite mean</source>
        <translation>均值须有限</translation>
    </message>
    <message>
        <source>must last at least 1us on average, together with &quot;off&quot;</source>
        <translation>与 &quot;off&quot; 合计平均至少 1us</translation>
    </message>
    <message>
        <source>must have 1 to 1000000 points</source>
        <translation>须有 1 到 1000000 个点</translation>
    </message>
    <message>
        <source>must have 2 to 1000000 points</source>
        <translation>须有 2 到 1000000 个点</translation>
    </message>
    <message>
        <source>must not be before the point before it</source>
        <translation>不得早于前一个点</translation>
    </message>
    <message>
        <source>must have a rate above 0 somewhere before its last point, since it repeats</source>
        <translation>由于它会重复，最后一点之前须有大于 0 的速率</translation>
    </message>
    <message>
        <source>must be a whole number from 1 to 1000000</source>
        <translation>须为 1 到 1000000 的整数</translation>
    </message>
    <message>
        <source>must have at most 1000000 times</source>
        <translation>至多 1000000 个时刻</translation>
    </message>
    <message>
        <source>must not be before the time before it</source>
        <translation>不得早于前一个时刻</translation>
    </message>
    <message>
        <source>must be after &quot;start&quot;</source>
        <translation>须晚于 &quot;start&quot;</translation>
    </message>
    <message>
        <source>needs a constant rate, whose first arrival it is</source>
        <translation>需要恒定速率，这是它的首次到达</translation>
    </message>
    <message>
        <source>must be a finite number, 0 or above</source>
        <translation>须为不小于 0 的有限数</translation>
    </message>
    <message>
        <source>must be a finite number above 0</source>
        <translation>须为大于 0 的有限数</translation>
    </message>
    <message>
        <source>must be a shape from 0.05 to 1000000</source>
        <translation>须为 0.05 到 1000000 的形状参数</translation>
    </message>
    <message>
        <source>must be a finite number, not below &quot;low&quot;</source>
        <translation>须为不小于 &quot;low&quot; 的有限数</translation>
    </message>
    <message>
        <source>must be a finite number</source>
        <translation>须为有限数</translation>
    </message>
    <message>
        <source>must be above &quot;min&quot;</source>
        <translation>须大于 &quot;min&quot;</translation>
    </message>
    <message>
        <source>must leave a measurable share of the distribution between &quot;min&quot; and &quot;max&quot;</source>
        <translation>&quot;min&quot; 与 &quot;max&quot; 之间须留有可测的份额</translation>
    </message>
    <message>
        <source>must be above 0 and below 100</source>
        <translation>须大于 0 且小于 100</translation>
    </message>
    <message>
        <source>must be at most %1 times the mean, above which there is no solution</source>
        <translation>至多为均值的 %1 倍，再大则无解</translation>
    </message>
    <message>
        <source>must be above the mean</source>
        <translation>须大于均值</translation>
    </message>
    <message>
        <source>must be above 0 and below 100, and not 50, which is the median</source>
        <translation>须大于 0 且小于 100，且不是 50（那是中位数）</translation>
    </message>
    <message>
        <source>must be above the median</source>
        <translation>须大于中位数</translation>
    </message>
    <message>
        <source>must be above 1 where a mean is given, since a smaller shape has none</source>
        <translation>给出均值时须大于 1，因为更小的形状参数没有均值</translation>
    </message>
    <message>
        <source>must have 1 to 1000 branches</source>
        <translation>须有 1 到 1000 个分支</translation>
    </message>
    <message>
        <source>must be above 0</source>
        <translation>须大于 0</translation>
    </message>
    <message>
        <source>must have probabilities that add up to 1</source>
        <translation>各概率之和须为 1</translation>
    </message>
    <message>
        <source>must have weights with a finite sum above 0</source>
        <translation>权重之和须有限且大于 0</translation>
    </message>
    <message>
        <source>must be above the one before</source>
        <translation>须大于前一个</translation>
    </message>
    <message>
        <source>must be a finite number, not below the one before</source>
        <translation>须为不小于前一个的有限数</translation>
    </message>
    <message>
        <source>must be 0: the first point is the least value</source>
        <translation>须为 0：第一个点是最小值</translation>
    </message>
    <message>
        <source>must be 1: the last point is the greatest value</source>
        <translation>须为 1：最后一个点是最大值</translation>
    </message>
    <message>
        <source>needs two whole numbers [low, high]</source>
        <translation>需要两个整数 [低, 高]</translation>
    </message>
    <message>
        <source>needs [low, high] with low not above high</source>
        <translation>需要 [低, 高]，低不大于高</translation>
    </message>
    <message>
        <source>needs as many weights as there are options, %1</source>
        <translation>权重须与选项一样多，选项有 %1 个</translation>
    </message>
    <message>
        <source>needs weights of 0 or more</source>
        <translation>需要不小于 0 的权重</translation>
    </message>
    <message>
        <source>needs a weight of 0 or more</source>
        <translation>需要不小于 0 的权重</translation>
    </message>
    <message>
        <source>needs a weight above 0</source>
        <translation>需要大于 0 的权重</translation>
    </message>
    <message>
        <source>needs a closing } for each placeholder, and {{ for a brace</source>
        <translation>每个占位符需要结尾的 }，花括号本身写作 {{</translation>
    </message>
    <message>
        <source>needs a path after data.</source>
        <translation>data. 之后需要路径</translation>
    </message>
    <message>
        <source>needs count, ordinal, id, now, uuid, reason, event.&lt;attribute&gt;, event.data.&lt;path&gt; or data.&lt;path&gt;</source>
        <translation>需要 count、ordinal、id、now、uuid、reason、event.&lt;属性&gt;、event.data.&lt;路径&gt; 或 data.&lt;路径&gt;</translation>
    </message>
    <message>
        <source>needs $pick, $integer, $number, $repeat, $merge or $sum</source>
        <translation>需要 $pick、$integer、$number、$repeat、$merge 或 $sum</translation>
    </message>
    <message>
        <source>needs a list of at least one template</source>
        <translation>需要至少含一个模板的列表</translation>
    </message>
    <message>
        <source>needs a whole number from 0 to 15</source>
        <translation>需要 0 到 15 的整数</translation>
    </message>
    <message>
        <source>needs {&quot;count&quot;: ..., &quot;of&quot;: ...}</source>
        <translation>需要 {&quot;count&quot;: ..., &quot;of&quot;: ...}</translation>
    </message>
    <message>
        <source>needs a whole number or [low, high], from 0 to %1</source>
        <translation>需要整数或 [低, 高]，在 0 到 %1 之间</translation>
    </message>
    <message>
        <source>needs a list of tables</source>
        <translation>需要表的列表</translation>
    </message>
    <message>
        <source>needs the path of a list</source>
        <translation>需要列表的路径</translation>
    </message>
    <message>
        <source>needs names of members</source>
        <translation>需要成员的名称</translation>
    </message>
    <message>
        <source>needs {&quot;of&quot;: &quot;items&quot;, &quot;times&quot;: [&quot;price&quot;, &quot;quantity&quot;]}</source>
        <translation>需要 {&quot;of&quot;: &quot;items&quot;, &quot;times&quot;: [&quot;price&quot;, &quot;quantity&quot;]}</translation>
    </message>
    <message>
        <source>needs a path such as &quot;data.items[0].price&quot; or &quot;data[&apos;order-id&apos;]&quot;</source>
        <translation>需要路径，如 &quot;data.items[0].price&quot; 或 &quot;data[&apos;order-id&apos;]&quot;</translation>
    </message>
    <message>
        <source>needs id, type, source, subject, time, correlationid, causationid, partitionkey, version, or data with a path</source>
        <translation>需要 id、type、source、subject、time、correlationid、causationid、partitionkey、version，或带路径的 data</translation>
    </message>
    <message>
        <source>needs a value, a name or an operator</source>
        <translation>需要值、名称或运算符</translation>
    </message>
    <message>
        <source>needs a value, a name or &apos;(&apos;</source>
        <translation>需要值、名称或“(”</translation>
    </message>
    <message>
        <source>needs a single &apos;=&apos; to compare</source>
        <translation>比较用单个“=”</translation>
    </message>
    <message>
        <source>needs a unit (ns us ms s min h d, %, B kB KB KiB MB MiB GB GiB)</source>
        <translation>需要单位 (ns us ms s min h d, %, B kB KB KiB MB MiB GB GiB)</translation>
    </message>
    <message>
        <source>needs at most 32 steps into the data</source>
        <translation>进入数据至多 32 步</translation>
    </message>
    <message>
        <source>needs [number] or [&apos;name&apos;] into the data</source>
        <translation>进入数据用 [数字] 或 [&apos;名称&apos;]</translation>
    </message>
    <message>
        <source>needs a name after &apos;.&apos;; other names go into [&apos;...&apos;]</source>
        <translation>“.”之后需要名称；其他名称写在 [&apos;...&apos;] 中</translation>
    </message>
    <message>
        <source>needs a &apos;(&apos; for this &apos;)&apos;</source>
        <translation>这个“)”需要对应的“(”</translation>
    </message>
    <message>
        <source>needs an operator or the end</source>
        <translation>需要运算符或结尾</translation>
    </message>
    <message>
        <source>needs at most 1000 operators in a chain; parentheses halve it</source>
        <translation>一串至多 1000 个运算符；可用括号分开</translation>
    </message>
    <message>
        <source>needs LIKE or IN after NOT</source>
        <translation>NOT 之后需要 LIKE 或 IN</translation>
    </message>
    <message>
        <source>needs a pattern in quotes after LIKE</source>
        <translation>LIKE 之后需要引号中的模式</translation>
    </message>
    <message>
        <source>needs &apos;(&apos; after IN</source>
        <translation>IN 之后需要“(”</translation>
    </message>
    <message>
        <source>needs at most 100 levels of nesting</source>
        <translation>嵌套至多 100 层</translation>
    </message>
    <message>
        <source>needs &apos;,&apos; or &apos;)&apos;</source>
        <translation>需要“,”或“)”</translation>
    </message>
    <message>
        <source>needs a value; &apos;+&apos; here goes only before a number</source>
        <translation>需要值；这里的“+”只能在数字之前</translation>
    </message>
    <message>
        <source>needs an integer of 32 bits, or a point (3000000000.0)</source>
        <translation>需要 32 位整数，或带小数点 (3000000000.0)</translation>
    </message>
    <message>
        <source>needs the name of an attribute after EXISTS</source>
        <translation>EXISTS 之后需要属性名</translation>
    </message>
    <message>
        <source>needs &apos;)&apos;</source>
        <translation>需要“)”</translation>
    </message>
    <message>
        <source>needs a name of letters and digits, or &apos;(&apos; after a function&apos;s name</source>
        <translation>需要由字母和数字组成的名称，或函数名之后的“(”</translation>
    </message>
    <message>
        <source>needs a function&apos;s name of letters and _</source>
        <translation>函数名由字母和 _ 组成</translation>
    </message>
    <message>
        <source>needs at most 16384 bytes</source>
        <translation>至多 16384 字节</translation>
    </message>
    <message>
        <source>needs a function that exists</source>
        <translation>需要存在的函数</translation>
    </message>
    <message>
        <source>needs a result of 32 bits</source>
        <translation>结果须为 32 位</translation>
    </message>
    <message>
        <source>needs a result of 32 bits; write a number with a point for more</source>
        <translation>结果须为 32 位；更大的数请写小数点</translation>
    </message>
    <message>
        <source>needs a divisor other than 0</source>
        <translation>除数不能为 0</translation>
    </message>
    <message>
        <source>needs a result of at most 1 MiB</source>
        <translation>结果至多 1 MiB</translation>
    </message>
    <message>
        <source>needs a length of 0 or more</source>
        <translation>长度不能小于 0</translation>
    </message>
    <message>
        <source>needs a position within the text</source>
        <translation>位置须在文本之内</translation>
    </message>
    <message>
        <source>needs a number whose opposite has 32 bits</source>
        <translation>相反数须为 32 位</translation>
    </message>
    <message>
        <source>needs a binding key of at most 255 bytes</source>
        <translation>绑定键至多 255 字节</translation>
    </message>
    <message>
        <source>needs a routing key of at most 255 bytes</source>
        <translation>路由键至多 255 字节</translation>
    </message>
    <message>
        <source>needs 1 to 65535 bytes</source>
        <translation>需要 1 到 65535 字节</translation>
    </message>
    <message>
        <source>needs at most 200 slashes</source>
        <translation>至多 200 个斜杠</translation>
    </message>
    <message>
        <source>needs text without control characters</source>
        <translation>需要不含控制字符的文本</translation>
    </message>
    <message>
        <source>needs + and # alone at their level</source>
        <translation>+ 和 # 须独占一级</translation>
    </message>
    <message>
        <source>needs # at the last level only</source>
        <translation># 只能在最后一级</translation>
    </message>
    <message>
        <source>needs a group and a filter behind $share</source>
        <translation>$share 之后需要组和过滤器</translation>
    </message>
    <message>
        <source>needs a topic name without wildcards</source>
        <translation>需要不含通配符的主题名</translation>
    </message>
    <message>
        <source>needs a subject without white space</source>
        <translation>需要不含空白的主题</translation>
    </message>
    <message>
        <source>needs a subject without empty tokens</source>
        <translation>需要没有空段的主题</translation>
    </message>
    <message>
        <source>needs &gt; as the last token only</source>
        <translation>&gt; 只能是最后一段</translation>
    </message>
    <message>
        <source>needs a subject without wildcards</source>
        <translation>需要不含通配符的主题</translation>
    </message>
    <message>
        <source>needs a delimiter of at least one character</source>
        <translation>分隔符至少一个字符</translation>
    </message>
    <message>
        <source>needs at least one segment</source>
        <translation>至少需要一段</translation>
    </message>
    <message>
        <source>needs a list of segments, each a text</source>
        <translation>需要由文本段组成的列表</translation>
    </message>
    <message>
        <source>needs a table of arguments</source>
        <translation>需要参数表</translation>
    </message>
    <message>
        <source>needs &quot;all&quot;, &quot;any&quot;, &quot;all-with-x&quot; or &quot;any-with-x&quot;</source>
        <translation>需要 &quot;all&quot;、&quot;any&quot;、&quot;all-with-x&quot; 或 &quot;any-with-x&quot;</translation>
    </message>
    <message>
        <source>needs a table with at least one field</source>
        <translation>需要至少有一个字段的表</translation>
    </message>
    <message>
        <source>needs at least one alternative</source>
        <translation>至少需要一个备选</translation>
    </message>
    <message>
        <source>needs a list of alternatives or a table</source>
        <translation>需要备选列表或表</translation>
    </message>
    <message>
        <source>needs at most 1000 combinations of alternatives</source>
        <translation>备选的组合最多 1000 个</translation>
    </message>
    <message>
        <source>needs a value or a filter</source>
        <translation>需要值或过滤器</translation>
    </message>
    <message>
        <source>needs a filter with exactly one member</source>
        <translation>需要恰有一个成员的过滤器</translation>
    </message>
    <message>
        <source>needs a filter it knows</source>
        <translation>需要已知的过滤器</translation>
    </message>
    <message>
        <source>needs single asterisks</source>
        <translation>星号不能相连</translation>
    </message>
    <message>
        <source>needs \* or \\ after a backslash</source>
        <translation>反斜杠之后需要 \* 或 \\</translation>
    </message>
    <message>
        <source>needs prefix, suffix, equals-ignore-case or wildcard</source>
        <translation>需要 prefix、suffix、equals-ignore-case 或 wildcard</translation>
    </message>
    <message>
        <source>needs either texts or numbers</source>
        <translation>需要全是文本或全是数字</translation>
    </message>
    <message>
        <source>needs texts, numbers or a filter</source>
        <translation>需要文本、数字或过滤器</translation>
    </message>
    <message>
        <source>needs a text that is not empty</source>
        <translation>需要非空的文本</translation>
    </message>
    <message>
        <source>needs something to exclude</source>
        <translation>需要要排除的内容</translation>
    </message>
    <message>
        <source>needs comparisons such as [&quot;=&quot;, 5] or [&quot;&gt;&quot;, 0, &quot;&lt;=&quot;, 5]</source>
        <translation>需要比较，如 [&quot;=&quot;, 5] 或 [&quot;&gt;&quot;, 0, &quot;&lt;=&quot;, 5]</translation>
    </message>
    <message>
        <source>needs numbers from -5e9 to 5e9</source>
        <translation>需要 -5e9 到 5e9 的数字</translation>
    </message>
    <message>
        <source>needs the lower bound below the upper one</source>
        <translation>下界须小于上界</translation>
    </message>
    <message>
        <source>needs a network such as &quot;10.0.0.0/24&quot;</source>
        <translation>需要网络，如 &quot;10.0.0.0/24&quot;</translation>
    </message>
    <message>
        <source>needs a run that goes on</source>
        <translation>需要仍在进行的运行</translation>
    </message>
    <message>
        <source>needs an instance below %1</source>
        <translation>需要小于 %1 的实例序号</translation>
    </message>
    <message>
        <source>needs a factor from 0 to 1000000</source>
        <translation>需要 0 到 1000000 的倍数</translation>
    </message>
    <message>
        <source>needs a probability from 0 to 1</source>
        <translation>需要 0 到 1 的概率</translation>
    </message>
    <message>
        <source>needs a clock that is off by 24h at most</source>
        <translation>时钟偏差至多 24h</translation>
    </message>
    <message>
        <source>needs one end on each side</source>
        <translation>每侧需要一端</translation>
    </message>
    <message>
        <source>needs two ends</source>
        <translation>需要两端</translation>
    </message>
    <message>
        <source>needs a delay from 0 to 24h</source>
        <translation>需要 0 到 24h 的延时</translation>
    </message>
    <message>
        <source>needs a message that waits in %1</source>
        <translation>需要在 %1 中等待的消息</translation>
    </message>
    <message>
        <source>needs a binding of %1 that takes it</source>
        <translation>需要 %1 的一个接收它的绑定</translation>
    </message>
    <message>
        <source>needs a command after %1 dues, where the run is</source>
        <translation>需要运行所在的第 %1 个待办之后的命令</translation>
    </message>
    <message>
        <source>needs a scenario that was read from a file</source>
        <translation>需要从文件读取的场景</translation>
    </message>
    <message>
        <source>needs a place inside /channels, /services, /links or /run/latency: nothing else can change while a run goes on</source>
        <translation>需要 /channels、/services、/links 或 /run/latency 之内的位置：运行中其他内容不能更改</translation>
    </message>
    <message>
        <source>needs the tables and statuses that the service has already</source>
        <translation>需要服务已有的表和状态</translation>
    </message>
    <message>
        <source>needs a dividend nearer to its divisor</source>
        <translation>被除数须更接近除数</translation>
    </message>
    <message>
        <source>there is no %1</source>
        <translation>没有 %1</translation>
    </message>
    <message>
        <source>there is no function %1 with %2 arguments</source>
        <translation>没有带 %2 个参数的函数 %1</translation>
    </message>
    <message>
        <source>there is no function %1 with 1 argument</source>
        <translation>没有带 1 个参数的函数 %1</translation>
    </message>
    <message>
        <source>%1 is no Boolean</source>
        <translation>%1 不是布尔值</translation>
    </message>
    <message>
        <source>%1 is no Integer of 32 bits</source>
        <translation>%1 不是 32 位整数</translation>
    </message>
    <message>
        <source>%1 is no number</source>
        <translation>%1 不是数字</translation>
    </message>
    <message>
        <source>there is no such figure here</source>
        <translation>这里没有这样的指标</translation>
    </message>
    <message>
        <source>there is no such state here</source>
        <translation>这里没有这样的状态</translation>
    </message>
    <message>
        <source>is neither run, channel, subscription nor service</source>
        <translation>不是 run、channel、subscription 或 service</translation>
    </message>
    <message>
        <source>is no channel here</source>
        <translation>这里没有这个通道</translation>
    </message>
    <message>
        <source>is no subscription here</source>
        <translation>这里没有这个订阅</translation>
    </message>
    <message>
        <source>is no service here</source>
        <translation>这里没有这个服务</translation>
    </message>
    <message>
        <source>is no run here</source>
        <translation>这里没有这个运行</translation>
    </message>
    <message>
        <source>is no figure of a %1</source>
        <translation>不是 %1 的指标</translation>
    </message>
    <message>
        <source>is no state table of %1</source>
        <translation>不是 %1 的状态表</translation>
    </message>
    <message>
        <source>line %1, column %2</source>
        <translation>第 %1 行第 %2 列</translation>
    </message>
    <message>
        <source>column %1</source>
        <translation>第 %1 列</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1 字节</translation>
    </message>
    <message>
        <source>%1 with %2 arguments</source>
        <translation>带 %2 个参数的 %1</translation>
    </message>
    <message>
        <source>%1 with 1 argument</source>
        <translation>带 1 个参数的 %1</translation>
    </message>
    <message>
        <source>the end</source>
        <translation>结尾</translation>
    </message>
    <message>
        <source>actions, or one of them</source>
        <translation>动作，或其中一个</translation>
    </message>
    <message>
        <source>actions</source>
        <translation>动作</translation>
    </message>
    <message>
        <source>breakpoints</source>
        <translation>断点</translation>
    </message>
    <message>
        <source>durations</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>a list of durations</source>
        <translation>时长的列表</translation>
    </message>
    <message>
        <source>expectations</source>
        <translation>期望</translation>
    </message>
    <message>
        <source>faults</source>
        <translation>故障</translation>
    </message>
    <message>
        <source>handlers</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>links</source>
        <translation>链路</translation>
    </message>
    <message>
        <source>names of channels and services</source>
        <translation>通道和服务的名称</translation>
    </message>
    <message>
        <source>sources</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>times</source>
        <translation>时刻</translation>
    </message>
    <message>
        <source>two ends</source>
        <translation>两端</translation>
    </message>
    <message>
        <source>of JSON Schemas by version</source>
        <translation>按版本列出的 JSON Schema</translation>
    </message>
    <message>
        <source>of channels by name</source>
        <translation>按名称列出的通道</translation>
    </message>
    <message>
        <source>of event types by name</source>
        <translation>按名称列出的事件类型</translation>
    </message>
    <message>
        <source>of groups by name</source>
        <translation>按名称列出的组</translation>
    </message>
    <message>
        <source>of headers by name</source>
        <translation>按名称列出的消息头</translation>
    </message>
    <message>
        <source>of nodes by name</source>
        <translation>按名称列出的节点</translation>
    </message>
    <message>
        <source>of positions by name</source>
        <translation>按名称列出的位置</translation>
    </message>
    <message>
        <source>of quantities by key</source>
        <translation>按键列出的数量</translation>
    </message>
    <message>
        <source>of quantities or statuses by key</source>
        <translation>按键列出的数量或状态</translation>
    </message>
    <message>
        <source>of services by name</source>
        <translation>按名称列出的服务</translation>
    </message>
    <message>
        <source>of state tables by name</source>
        <translation>按名称列出的状态表</translation>
    </message>
    <message>
        <source>a table of quantities by key</source>
        <translation>按键列出数量的表</translation>
    </message>
    <message>
        <source>a duration</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>a duration or distribution</source>
        <translation>时长或分布</translation>
    </message>
    <message>
        <source>a duration such as &quot;200ms&quot;</source>
        <translation>时长，如 &quot;200ms&quot;</translation>
    </message>
    <message>
        <source>a duration such as &quot;5s&quot;, or &quot;-5s&quot; for a clock that is behind</source>
        <translation>时长，如 &quot;5s&quot;；时钟落后时如 &quot;-5s&quot;</translation>
    </message>
    <message>
        <source>a rate</source>
        <translation>速率</translation>
    </message>
    <message>
        <source>a rate such as &quot;20/s&quot;</source>
        <translation>速率，如 &quot;20/s&quot;</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>a size: nothing larger than it passes</source>
        <translation>大小：超过它的不放行</translation>
    </message>
    <message>
        <source>a status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>a text such as &quot;{event.data.orderId}&quot;</source>
        <translation>文本，如 &quot;{event.data.orderId}&quot;</translation>
    </message>
    <message>
        <source>a text such as &quot;{event.data.userId}&quot;</source>
        <translation>文本，如 &quot;{event.data.userId}&quot;</translation>
    </message>
    <message>
        <source>how many acks it gathers</source>
        <translation>汇集多少个确认</translation>
    </message>
    <message>
        <source>one of topic, exchange, queue, stream</source>
        <translation>topic、exchange、queue、stream 之一</translation>
    </message>
    <message>
        <source>the channel that it publishes to</source>
        <translation>发布到的通道</translation>
    </message>
    <message>
        <source>the channel that it takes from</source>
        <translation>从中接收的通道</translation>
    </message>
    <message>
        <source>the event type</source>
        <translation>事件类型</translation>
    </message>
    <message>
        <source>the name of an exchange or topic</source>
        <translation>交换机或主题的名称</translation>
    </message>
    <message>
        <source>the number of events that one handling takes at most</source>
        <translation>一次处理至多接收的事件数</translation>
    </message>
    <message>
        <source>the routing key, since %1 is a direct exchange</source>
        <translation>路由键，因为 %1 是 direct 交换机</translation>
    </message>
    <message>
        <source>the time at which it begins</source>
        <translation>开始的时刻</translation>
    </message>
    <message>
        <source>the version of the format: &quot;1&quot;</source>
        <translation>格式版本：&quot;1&quot;</translation>
    </message>
    <message>
        <source>the version that it is read with</source>
        <translation>读取所用的版本</translation>
    </message>
    <message>
        <source>two ends such as [&quot;a-service&quot;, &quot;broker&quot;]</source>
        <translation>两端，如 [&quot;a-service&quot;, &quot;broker&quot;]</translation>
    </message>
    <message>
        <source>where the group goes on: &quot;earliest&quot;, &quot;latest&quot;, an offset or a time</source>
        <translation>组从哪里继续：&quot;earliest&quot;、&quot;latest&quot;、偏移量或时刻</translation>
    </message>
    <message>
        <source>which say when it emits, such as {&quot;poisson&quot;: &quot;20/s&quot;}</source>
        <translation>说明何时发出，如 {&quot;poisson&quot;: &quot;20/s&quot;}</translation>
    </message>
    <message>
        <source>a scenario</source>
        <translation>场景</translation>
    </message>
    <message>
        <source>a text by language</source>
        <translation>各语言文本</translation>
    </message>
    <message>
        <source>a run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>the limits of a run</source>
        <translation>运行的上限</translation>
    </message>
    <message>
        <source>an event type</source>
        <translation>事件类型</translation>
    </message>
    <message>
        <source>a channel</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>a topic</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>an exchange</source>
        <translation>交换机</translation>
    </message>
    <message>
        <source>a queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>a stream</source>
        <translation>流</translation>
    </message>
    <message>
        <source>a rate limit</source>
        <translation>限速</translation>
    </message>
    <message>
        <source>a rate limit of deliveries</source>
        <translation>投递限速</translation>
    </message>
    <message>
        <source>a dedup window</source>
        <translation>去重窗口</translation>
    </message>
    <message>
        <source>a check of half messages</source>
        <translation>半消息回查</translation>
    </message>
    <message>
        <source>a binding</source>
        <translation>绑定</translation>
    </message>
    <message>
        <source>a retention</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>a compaction</source>
        <translation>压缩</translation>
    </message>
    <message>
        <source>what the groups of a stream do</source>
        <translation>流的消费组设置</translation>
    </message>
    <message>
        <source>a retry policy</source>
        <translation>重试策略</translation>
    </message>
    <message>
        <source>a service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>a source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>a handler</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>a commit policy</source>
        <translation>提交策略</translation>
    </message>
    <message>
        <source>when acks are sent</source>
        <translation>确认的发送时机</translation>
    </message>
    <message>
        <source>a batch</source>
        <translation>批</translation>
    </message>
    <message>
        <source>the queue of a handler</source>
        <translation>处理器自己的队列</translation>
    </message>
    <message>
        <source>a version that is read</source>
        <translation>所读的版本</translation>
    </message>
    <message>
        <source>a failure</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>an idempotency store</source>
        <translation>幂等存储</translation>
    </message>
    <message>
        <source>an emit action</source>
        <translation>emit 动作</translation>
    </message>
    <message>
        <source>a confirmation</source>
        <translation>发布确认</translation>
    </message>
    <message>
        <source>a half message</source>
        <translation>半消息</translation>
    </message>
    <message>
        <source>a reserve action</source>
        <translation>reserve 动作</translation>
    </message>
    <message>
        <source>a release action</source>
        <translation>release 动作</translation>
    </message>
    <message>
        <source>an add action</source>
        <translation>add 动作</translation>
    </message>
    <message>
        <source>a fill action</source>
        <translation>fill 动作</translation>
    </message>
    <message>
        <source>a set action</source>
        <translation>set 动作</translation>
    </message>
    <message>
        <source>a choose action</source>
        <translation>choose 动作</translation>
    </message>
    <message>
        <source>a branch</source>
        <translation>分支</translation>
    </message>
    <message>
        <source>an if action</source>
        <translation>if 动作</translation>
    </message>
    <message>
        <source>arrivals</source>
        <translation>到达</translation>
    </message>
    <message>
        <source>bursts</source>
        <translation>突发</translation>
    </message>
    <message>
        <source>a point of a schedule</source>
        <translation>时间表的一点</translation>
    </message>
    <message>
        <source>a distribution</source>
        <translation>分布</translation>
    </message>
    <message>
        <source>a uniform distribution</source>
        <translation>均匀分布</translation>
    </message>
    <message>
        <source>a normal distribution</source>
        <translation>正态分布</translation>
    </message>
    <message>
        <source>a lognormal distribution</source>
        <translation>对数正态分布</translation>
    </message>
    <message>
        <source>an Erlang distribution</source>
        <translation>Erlang 分布</translation>
    </message>
    <message>
        <source>a gamma distribution</source>
        <translation>伽马分布</translation>
    </message>
    <message>
        <source>a Weibull distribution</source>
        <translation>威布尔分布</translation>
    </message>
    <message>
        <source>a Pareto distribution</source>
        <translation>帕累托分布</translation>
    </message>
    <message>
        <source>a branch of a hyperexponential distribution</source>
        <translation>超指数分布的一支</translation>
    </message>
    <message>
        <source>a value with a weight</source>
        <translation>带权重的值</translation>
    </message>
    <message>
        <source>a point of a distribution</source>
        <translation>分布的一点</translation>
    </message>
    <message>
        <source>a crash</source>
        <translation>崩溃</translation>
    </message>
    <message>
        <source>a pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>a slowdown</source>
        <translation>减慢</translation>
    </message>
    <message>
        <source>a change of rate</source>
        <translation>速率变化</translation>
    </message>
    <message>
        <source>a loss of copies</source>
        <translation>副本丢失</translation>
    </message>
    <message>
        <source>a duplication of messages</source>
        <translation>消息重复</translation>
    </message>
    <message>
        <source>a poisoning of messages</source>
        <translation>毒消息</translation>
    </message>
    <message>
        <source>a redrive of dead letters</source>
        <translation>死信重投</translation>
    </message>
    <message>
        <source>a purge of a queue</source>
        <translation>清空队列</translation>
    </message>
    <message>
        <source>going to another place in a stream</source>
        <translation>流中的重新定位</translation>
    </message>
    <message>
        <source>a link</source>
        <translation>链路</translation>
    </message>
    <message>
        <source>a partition</source>
        <translation>网络分区</translation>
    </message>
    <message>
        <source>a delay on a link</source>
        <translation>链路延时</translation>
    </message>
    <message>
        <source>a change of order on a link</source>
        <translation>链路乱序</translation>
    </message>
    <message>
        <source>a loss on a link</source>
        <translation>链路丢失</translation>
    </message>
    <message>
        <source>a clock that is off</source>
        <translation>时钟偏差</translation>
    </message>
    <message>
        <source>a node that goes down</source>
        <translation>节点停机</translation>
    </message>
    <message>
        <source>a power failure of a node</source>
        <translation>节点断电</translation>
    </message>
    <message>
        <source>a node of the broker</source>
        <translation>消息代理的节点</translation>
    </message>
    <message>
        <source>a breakpoint</source>
        <translation>断点</translation>
    </message>
    <message>
        <source>an expectation of the ledger</source>
        <translation>台账期望</translation>
    </message>
    <message>
        <source>an expectation at the end</source>
        <translation>结束时的期望</translation>
    </message>
    <message>
        <source>an expectation at all times</source>
        <translation>始终成立的期望</translation>
    </message>
    <message>
        <source>an expectation of order</source>
        <translation>顺序期望</translation>
    </message>
    <message>
        <source>bindings {&quot;to&quot;, &quot;pattern&quot;}</source>
        <translation>绑定 {&quot;to&quot;, &quot;pattern&quot;}</translation>
    </message>
    <message>
        <source>branches {&quot;probability&quot;, &quot;mean&quot;}</source>
        <translation>分支 {&quot;probability&quot;, &quot;mean&quot;}</translation>
    </message>
    <message>
        <source>branches {&quot;weight&quot;, &quot;then&quot;}</source>
        <translation>分支 {&quot;weight&quot;, &quot;then&quot;}</translation>
    </message>
    <message>
        <source>points {&quot;at&quot;, &quot;rate&quot;}</source>
        <translation>点 {&quot;at&quot;, &quot;rate&quot;}</translation>
    </message>
    <message>
        <source>points {&quot;probability&quot;, &quot;value&quot;}</source>
        <translation>点 {&quot;probability&quot;, &quot;value&quot;}</translation>
    </message>
    <message>
        <source>values, or of {&quot;value&quot;, &quot;weight&quot;}</source>
        <translation>值，或 {&quot;value&quot;, &quot;weight&quot;}</translation>
    </message>
    <message>
        <source>versions {&quot;event&quot;, &quot;version&quot;}</source>
        <translation>版本 {&quot;event&quot;, &quot;version&quot;}</translation>
    </message>
    <message>
        <source>the end of the text</source>
        <translation>文本结尾</translation>
    </message>
    <message>
        <source>byte %1</source>
        <translation>字节 %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1 (did you mean %2?)</source>
        <translation>%1（是否指 %2？）</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>%1, got %2</source>
        <translation>%1，给出的是 %2</translation>
    </message>
    <message>
        <source>needs a closing quote</source>
        <translation>需要结尾的引号</translation>
    </message>
    <message>
        <source>needs &quot;bursts&quot; or &quot;schedule&quot;, whose arrivals it spaces</source>
        <translation>需要 &quot;bursts&quot; 或 &quot;schedule&quot;，它排布的是其到达</translation>
    </message>
    <message>
        <source>needs &quot;schedule&quot;, which it repeats</source>
        <translation>需要 &quot;schedule&quot;，它重复的是时间表</translation>
    </message>
    <message>
        <source>must be after &quot;from&quot;</source>
        <translation>须晚于 &quot;from&quot;</translation>
    </message>
    <message>
        <source>must be below the mean, as the median of a lognormal is</source>
        <translation>须小于均值：对数正态分布的中位数如此</translation>
    </message>
    <message>
        <source>must be below the median</source>
        <translation>须小于中位数</translation>
    </message>
    <message>
        <source>needs two numbers [low, high] of at most %1 decimals</source>
        <translation>需要两个数字 [低, 高]，至多 %1 位小数</translation>
    </message>
    <message>
        <source>needs an end on each side</source>
        <translation>每侧都需要一端</translation>
    </message>
    <message>
        <source>needs two sides at least</source>
        <translation>至少需要两侧</translation>
    </message>
    <message>
        <source>needs a channel to redrive to, since it did not die elsewhere before it came here</source>
        <translation>需要重投的目标通道，因为它来到这里之前并未在别处成为死信</translation>
    </message>
    <message>
        <source>needs the name of a service or node, &quot;broker&quot; or &quot;*&quot;</source>
        <translation>需要服务或节点的名称、&quot;broker&quot; 或 &quot;*&quot;</translation>
    </message>
    <message>
        <source>needs the name of a service or node</source>
        <translation>需要服务或节点的名称</translation>
    </message>
    <message>
        <source>needs &quot;jitterKind&quot;: &quot;proportional&quot; or &quot;below&quot;, whose share it is</source>
        <translation>需要 &quot;jitterKind&quot;: &quot;proportional&quot; 或 &quot;below&quot;，这是它的比例</translation>
    </message>
    <message>
        <source>needs another &quot;overflow&quot;: what is first in the line is the newest, not the oldest</source>
        <translation>需要另一种 &quot;overflow&quot;：排在队首的是最新的，不是最旧的</translation>
    </message>
    <message>
        <source>needs at most %1 failures</source>
        <translation>至多 %1 种失败</translation>
    </message>
    <message>
        <source>needs the &quot;from&quot;, &quot;commit&quot; and &quot;isolation&quot; of the handler before it: both are of one group</source>
        <translation>需要与前一个处理器相同的 &quot;from&quot;、&quot;commit&quot; 和 &quot;isolation&quot;：两者同属一组</translation>
    </message>
    <message>
        <source>needs the name of another stream, once</source>
        <translation>需要另一个流的名称，且只列一次</translation>
    </message>
    <message>
        <source>needs the name of an exchange or topic with an &quot;archive&quot;</source>
        <translation>需要带 &quot;archive&quot; 的交换机或主题的名称</translation>
    </message>
    <message>
        <source>needs the name of an exchange with an archive</source>
        <translation>需要带归档的交换机的名称</translation>
    </message>
    <message>
        <source>needs a name, which its events get</source>
        <translation>需要名称，其事件会带上它</translation>
    </message>
    <message>
        <source>needs a time that is not before &quot;from&quot;</source>
        <translation>需要不早于 &quot;from&quot; 的时间</translation>
    </message>
    <message>
        <source>needs the name of a queue or stream that is bound to %1</source>
        <translation>需要绑定到 %1 的队列或流的名称</translation>
    </message>
    <message>
        <source>needs true, false or {&quot;pattern&quot;: event pattern, &quot;for&quot;: duration}</source>
        <translation>需要 true、false 或 {&quot;pattern&quot;: 事件模式, &quot;for&quot;: 时长}</translation>
    </message>
    <message>
        <source>needs true, false or {&quot;lasts&quot;: duration, &quot;timeout&quot;: duration}</source>
        <translation>需要 true、false 或 {&quot;lasts&quot;: 时长, &quot;timeout&quot;: 时长}</translation>
    </message>
    <message>
        <source>needs true, false or {&quot;every&quot;: duration, &quot;batch&quot;: number, &quot;marks&quot;: duration}</source>
        <translation>需要 true、false 或 {&quot;every&quot;: 时长, &quot;batch&quot;: 数字, &quot;marks&quot;: 时长}</translation>
    </message>
    <message>
        <source>needs handlers without &quot;transaction&quot;: what is in an outbox is published later</source>
        <translation>需要不带 &quot;transaction&quot; 的处理器：发件箱中的内容稍后才发布</translation>
    </message>
    <message>
        <source>is not for a stream, see &quot;kind&quot;</source>
        <translation>不适用于流，见 &quot;kind&quot;</translation>
    </message>
    <message>
        <source>needs two ends that differ</source>
        <translation>需要不同的两端</translation>
    </message>
    <message>
        <source>needs a service at one end: nodes send again what is lost between them</source>
        <translation>需要有一端是服务：节点之间丢失的会重新发送</translation>
    </message>
    <message>
        <source>needs a service, a node or &quot;broker&quot;</source>
        <translation>需要服务、节点或 &quot;broker&quot;</translation>
    </message>
    <message>
        <source>needs more than 0 bytes</source>
        <translation>需要大于 0 字节</translation>
    </message>
    <message>
        <source>needs a time from 0 to 24h</source>
        <translation>需要 0 到 24h 之间的时间</translation>
    </message>
    <message>
        <source>needs a pause of 0 at least</source>
        <translation>需要不小于 0 的停顿</translation>
    </message>
    <message>
        <source>needs a name for the replay</source>
        <translation>需要回放的名称</translation>
    </message>
    <message>
        <source>needs an end that is not before the beginning</source>
        <translation>需要不早于开始的结束时间</translation>
    </message>
    <message>
        <source>needs the name of a channel that is bound to %1</source>
        <translation>需要绑定到 %1 的通道的名称</translation>
    </message>
    <message>
        <source>names of queues and streams</source>
        <translation>队列和流的名称</translation>
    </message>
    <message>
        <source>the name of a stream in another cluster</source>
        <translation>另一个集群中的流的名称</translation>
    </message>
    <message>
        <source>a replication to another cluster</source>
        <translation>到另一集群的复制</translation>
    </message>
    <message>
        <source>an archive</source>
        <translation>归档</translation>
    </message>
    <message>
        <source>an outbox</source>
        <translation>发件箱</translation>
    </message>
    <message>
        <source>a transaction</source>
        <translation>事务</translation>
    </message>
    <message>
        <source>a replay of an archive</source>
        <translation>归档的回放</translation>
    </message>
    <message>
        <source>a full disk</source>
        <translation>磁盘写满</translation>
    </message>
    <message>
        <source>a slow disk</source>
        <translation>磁盘变慢</translation>
    </message>
    <message>
        <source>a rolling restart</source>
        <translation>依次重启</translation>
    </message>
    <message>
        <source>replications {&quot;to&quot;, &quot;takes&quot;}</source>
        <translation>复制 {&quot;to&quot;, &quot;takes&quot;}</translation>
    </message>
    <message>
        <source>services, nodes and &quot;broker&quot;</source>
        <translation>服务、节点和 &quot;broker&quot;</translation>
    </message>
    <message>
        <source>sides, each a list of services, nodes and &quot;broker&quot;</source>
        <translation>各侧，每侧是服务、节点和 &quot;broker&quot; 的列表</translation>
    </message>
    <message>
        <source>needs &quot;dispatch&quot;: &quot;shared&quot;, &quot;keyShared&quot; or &quot;singleActive&quot;: else one consumer gets all</source>
        <translation>需要 &quot;dispatch&quot;: &quot;shared&quot;、&quot;keyShared&quot; 或 &quot;singleActive&quot;：否则一个消费者得到全部</translation>
    </message>
    <message>
        <source>needs a place that can be written</source>
        <translation>需要可以写入的位置</translation>
    </message>
    <message>
        <source>a folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>a table with %1 has no other member</source>
        <translation>含 %1 的表没有其他成员</translation>
    </message>
    <message>
        <source>a table with %1 has no other member than %2</source>
        <translation>含 %1 的表除 %2 外没有其他成员</translation>
    </message>
    <message>
        <source>is read when a run begins; change the scenario and run it again</source>
        <translation>在运行开始时读取；请修改场景后重新运行</translation>
    </message>
    <message>
        <source>needs a time such as &quot;10min&quot;, &quot;90s&quot; or &quot;00:03:12.480&quot;</source>
        <translation>需要时间，例如 &quot;10min&quot;、&quot;90s&quot; 或 &quot;00:03:12.480&quot;</translation>
    </message>
    <message>
        <source>needs a simulation</source>
        <translation>需要正在进行的模拟</translation>
    </message>
    <message>
        <source>needs a moment whose records are kept</source>
        <translation>需要记录仍被保留的时刻</translation>
    </message>
    <message>
        <source>needs a moment whose records can be made again</source>
        <translation>需要其记录可以重新生成的时刻</translation>
    </message>
    <message>
        <source>record %1</source>
        <translation>记录 %1</translation>
    </message>
    <message>
        <source>needs an endpoint such as tcp://127.0.0.1:5556</source>
        <translation>需要端点，例如 tcp://127.0.0.1:5556</translation>
    </message>
    <message>
        <source>needs a ZeroMQ endpoint such as tcp://127.0.0.1:5556</source>
        <translation>需要 ZeroMQ 端点，例如 tcp://127.0.0.1:5556</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>没有这个文件或文件夹</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>没有权限</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>是一个文件夹</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>不是文件夹</translation>
    </message>
    <message>
        <source>File name too long</source>
        <translation>文件名太长</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>设备上没有剩余空间</translation>
    </message>
    <message>
        <source>Disk quota exceeded</source>
        <translation>超出磁盘配额</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>文件系统只读</translation>
    </message>
    <message>
        <source>Too many open files</source>
        <translation>打开的文件太多</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>输入输出错误</translation>
    </message>
    <message>
        <source>Invalid argument</source>
        <translation>参数无效</translation>
    </message>
    <message>
        <source>Protocol not supported</source>
        <translation>不支持该协议</translation>
    </message>
    <message>
        <source>No such device</source>
        <translation>没有这个设备</translation>
    </message>
    <message>
        <source>command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>journal</source>
        <translation>命令日志</translation>
    </message>
    <message>
        <source>profile</source>
        <translation>配置档</translation>
    </message>
    <message>
        <source>needs true, false or {&quot;acks&quot;, &quot;timeout&quot;, &quot;retries&quot;, &quot;backoff&quot;, &quot;ceiling&quot;, &quot;lost&quot;, &quot;idempotent&quot;, &quot;steps&quot;, &quot;window&quot;, &quot;awaited&quot;}</source>
        <translation>需要 true、false 或 {&quot;acks&quot;, &quot;timeout&quot;, &quot;retries&quot;, &quot;backoff&quot;, &quot;ceiling&quot;, &quot;lost&quot;, &quot;idempotent&quot;, &quot;steps&quot;, &quot;window&quot;, &quot;awaited&quot;}</translation>
    </message>
    <message>
        <source>needs a service at one end: what nodes send each other has no size here</source>
        <translation>一端须为服务：节点之间传送的内容在此没有大小</translation>
    </message>
    <message>
        <source>needs a protocol that the profile has, or costs such as {&quot;roundTrips&quot;: 1}</source>
        <translation>需要配置所知的协议，或 {&quot;roundTrips&quot;: 1} 之类的开销</translation>
    </message>
    <message>
        <source>needs a size above 0, which passes in a second</source>
        <translation>需要大于 0 的大小，即每秒通过多少</translation>
    </message>
    <message>
        <source>needs an &quot;ack&quot; of its own for each delivery</source>
        <translation>每次投递须有自己的 &quot;ack&quot;</translation>
    </message>
    <message>
        <source>needs &quot;on&quot; to name a queue: who reads a stream says how far it has come</source>
        <translation>&quot;on&quot; 须为队列：读取流的一方只报告读到何处</translation>
    </message>
    <message>
        <source>needs a &quot;group&quot; with &quot;delivery&quot;: &quot;shared&quot;: the owner of a partition has one record at a time</source>
        <translation>需要带 &quot;delivery&quot;: &quot;shared&quot; 的 &quot;group&quot;：分区的所有者一次只有一条记录</translation>
    </message>
    <message>
        <source>needs another &quot;dispatch&quot;: what is broadcast is not delivered again</source>
        <translation>需要另一种 &quot;dispatch&quot;：广播的消息不会再次投递</translation>
    </message>
    <message>
        <source>what an access costs</source>
        <translation>接入开销</translation>
    </message>
    <message>
        <source>needs a JSON Schema for version %1 (%2)</source>
        <translation>需要版本 %1 的 JSON Schema（%2）</translation>
    </message>
    <message>
        <source>needs a file that holds a JSON Schema (%1)</source>
        <translation>需要存有 JSON Schema 的文件（%1）</translation>
    </message>
    <message>
        <source>needs a JSON Schema (a table, true or false)</source>
        <translation>需要 JSON Schema（表、true 或 false）</translation>
    </message>
    <message>
        <source>needs a JSON Schema of at most 1 MiB</source>
        <translation>JSON Schema 至多 1 MiB</translation>
    </message>
    <message>
        <source>needs JSON Schema draft 4, 6, 7, 2019-09 or 2020-12</source>
        <translation>需要 JSON Schema 草案 4、6、7、2019-09 或 2020-12</translation>
    </message>
    <message>
        <source>needs a smaller JSON Schema: with what its references lead to, it has more than %1 schemas within it</source>
        <translation>需要更小的 JSON Schema：连同引用所指的，其中的模式超过 %1 个</translation>
    </message>
    <message>
        <source>is not known here; of 2019-09 and 2020-12 all but &quot;unevaluatedItems&quot;, &quot;unevaluatedProperties&quot;, &quot;minContains&quot;, &quot;maxContains&quot; and dynamic references is</source>
        <translation>这里不支持；2019-09 和 2020-12 中除 &quot;unevaluatedItems&quot;、&quot;unevaluatedProperties&quot;、&quot;minContains&quot;、&quot;maxContains&quot; 和动态引用外都支持</translation>
    </message>
    <message>
        <source>needs a list of JSON Schemas</source>
        <translation>需要 JSON Schema 的列表</translation>
    </message>
    <message>
        <source>needs a list of JSON Schemas that is not empty</source>
        <translation>需要非空的 JSON Schema 列表</translation>
    </message>
    <message>
        <source>needs a JSON Schema; 2020-12 calls a list of them &quot;prefixItems&quot;</source>
        <translation>需要 JSON Schema；在 2020-12 中，它们的列表叫作 &quot;prefixItems&quot;</translation>
    </message>
    <message>
        <source>needs a table of JSON Schemas</source>
        <translation>需要 JSON Schema 的表</translation>
    </message>
    <message>
        <source>needs a table of JSON Schemas or names</source>
        <translation>需要 JSON Schema 或名称的表</translation>
    </message>
    <message>
        <source>needs a list of names</source>
        <translation>需要名称的列表</translation>
    </message>
    <message>
        <source>needs a list that is not empty</source>
        <translation>需要非空的列表</translation>
    </message>
    <message>
        <source>needs a number above 0</source>
        <translation>需要大于 0 的数</translation>
    </message>
    <message>
        <source>needs one or more of &quot;null&quot;, &quot;boolean&quot;, &quot;integer&quot;, &quot;number&quot;, &quot;string&quot;, &quot;array&quot;, &quot;object&quot;</source>
        <translation>需要 &quot;null&quot;、&quot;boolean&quot;、&quot;integer&quot;、&quot;number&quot;、&quot;string&quot;、&quot;array&quot;、&quot;object&quot; 中的一种或多种</translation>
    </message>
    <message>
        <source>needs a reference, as text</source>
        <translation>需要文本形式的引用</translation>
    </message>
    <message>
        <source>needs a reference to a place within the schema, such as &quot;#/definitions/name&quot;</source>
        <translation>需要指向模式内部位置的引用，例如 &quot;#/definitions/name&quot;</translation>
    </message>
    <message>
        <source>needs to go into the data before it leads back to itself</source>
        <translation>引用在回到自身之前需要先深入数据</translation>
    </message>
    <message>
        <source>needs to go into the data after at most %1 references</source>
        <translation>至多连续 %1 个引用之后需要深入数据</translation>
    </message>
    <message>
        <source>needs a regular expression, as text</source>
        <translation>需要文本形式的正则表达式</translation>
    </message>
    <message>
        <source>needs a regular expression of ECMA-262 (%1)</source>
        <translation>需要 ECMA-262 的正则表达式（%1）</translation>
    </message>
    <message>
        <source>needs &quot;\u0000&quot; within a pattern written as &quot;\\0&quot;</source>
        <translation>模式中的 &quot;\u0000&quot; 需要写作 &quot;\\0&quot;</translation>
    </message>
    <message>
        <source>needs fewer patterns, or shorter ones: with their counts written out they have more than %1 steps</source>
        <translation>需要更少或更短的模式：重复次数展开后超过 %1 步</translation>
    </message>
    <message>
        <source>needs a shorter pattern: with its counts written out it has more than %1 steps</source>
        <translation>需要更短的模式：重复次数展开后超过 %1 步</translation>
    </message>
    <message>
        <source>needs a &quot;(&quot; before its &quot;)&quot;</source>
        <translation>“)”之前需要“(”</translation>
    </message>
    <message>
        <source>needs a &quot;)&quot; for this &quot;(&quot;</source>
        <translation>这个“(”需要对应的“)”</translation>
    </message>
    <message>
        <source>needs a &quot;]&quot; for this &quot;[&quot;</source>
        <translation>这个“[”需要对应的“]”</translation>
    </message>
    <message>
        <source>needs at most %1 groups within one another</source>
        <translation>组的嵌套至多 %1 层</translation>
    </message>
    <message>
        <source>needs a group&apos;s name within &quot;&lt;&quot; and &quot;&gt;&quot;</source>
        <translation>“&lt;”和“&gt;”之间需要组的名称</translation>
    </message>
    <message>
        <source>needs something before %1 that it repeats</source>
        <translation>%1 之前需要它所重复的内容</translation>
    </message>
    <message>
        <source>needs a count whose most is not below its least</source>
        <translation>重复次数的上限不能低于下限</translation>
    </message>
    <message>
        <source>needs counts of at most %1</source>
        <translation>重复次数至多 %1</translation>
    </message>
    <message>
        <source>needs a range whose last character is not before its first</source>
        <translation>范围的末字符不能在首字符之前</translation>
    </message>
    <message>
        <source>needs a character behind its last &quot;\&quot;</source>
        <translation>末尾的“\”之后需要一个字符</translation>
    </message>
    <message>
        <source>does not know %1</source>
        <translation>不支持 %1</translation>
    </message>
    <message>
        <source>does not know %1 within &quot;[&quot; and &quot;]&quot;</source>
        <translation>在“[”和“]”之间不支持 %1</translation>
    </message>
    <message>
        <source>does not know references back to what a group matched, such as %1</source>
        <translation>不支持反向引用，例如 %1</translation>
    </message>
    <message>
        <source>does not know properties of characters (&quot;\p&quot;)</source>
        <translation>不支持字符属性（&quot;\p&quot;）</translation>
    </message>
</context>
<context>
    <name>weir::ExportActions</name>
    <message>
        <source>SVG pictures (*.svg)</source>
        <translation>SVG 图片 (*.svg)</translation>
    </message>
    <message>
        <source>PNG pictures (*.png)</source>
        <translation>PNG 图片 (*.png)</translation>
    </message>
    <message>
        <source>Mermaid text (*.mmd)</source>
        <translation>Mermaid 文本 (*.mmd)</translation>
    </message>
    <message>
        <source>The whole topology as it is drawn, at any size</source>
        <translation>按现在的样子导出整个拓扑，可任意缩放</translation>
    </message>
    <message>
        <source>The whole topology, one pixel a point</source>
        <translation>整个拓扑，每点一像素</translation>
    </message>
    <message>
        <source>The whole topology, two pixels a point</source>
        <translation>整个拓扑，每点两像素</translation>
    </message>
    <message>
        <source>The whole topology, three pixels a point</source>
        <translation>整个拓扑，每点三像素</translation>
    </message>
    <message>
        <source>A flowchart as text, for documents in git</source>
        <translation>文本形式的流程图，适合放进 git 里的文档</translation>
    </message>
    <message>
        <source>&amp;Copy canvas as Mermaid</source>
        <translation>将画布复制为 Mermaid(&amp;C)</translation>
    </message>
    <message>
        <source>A flowchart as text, on the clipboard</source>
        <translation>将文本形式的流程图放到剪贴板</translation>
    </message>
    <message>
        <source>Copy canvas as p&amp;icture</source>
        <translation>将画布复制为图片(&amp;I)</translation>
    </message>
    <message>
        <source>The whole topology on the clipboard, two pixels a point</source>
        <translation>将整个拓扑放到剪贴板，每点两像素</translation>
    </message>
    <message>
        <source>%1 could not be written: %2</source>
        <translation>无法写入 %1：%2</translation>
    </message>
    <message>
        <source>Export canvas</source>
        <translation>导出画布</translation>
    </message>
    <message>
        <source>Export &amp;canvas</source>
        <translation>导出画布(&amp;C)</translation>
    </message>
    <message>
        <source>As a picture or as text, into a file or onto the clipboard</source>
        <translation>作为图片或文本，导出到文件或剪贴板</translation>
    </message>
    <message>
        <source>Export canvas as S&amp;VG…</source>
        <translation>将画布导出为 SVG(&amp;V)…</translation>
    </message>
    <message>
        <source>Export canvas as &amp;PNG…</source>
        <translation>将画布导出为 PNG(&amp;P)…</translation>
    </message>
    <message>
        <source>Export canvas as PNG, &amp;2×…</source>
        <translation>将画布导出为 PNG，2×(&amp;2)…</translation>
    </message>
    <message>
        <source>Export canvas as PNG, &amp;3×…</source>
        <translation>将画布导出为 PNG，3×(&amp;3)…</translation>
    </message>
    <message>
        <source>Export canvas as &amp;Mermaid…</source>
        <translation>将画布导出为 Mermaid(&amp;M)…</translation>
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
        <source>Reports (*.html *.pdf)</source>
        <translation>报告 (*.html *.pdf)</translation>
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
        <source>Canvas, figures, ledger, charts and findings as HTML and PDF</source>
        <translation>把画布、指标、台账、图表和检查结果导出为 HTML 和 PDF</translation>
    </message>
    <message>
        <source>The selected stretch of time, or the ten seconds before now, as WebM or GIF</source>
        <translation>把所选时间段（或此刻之前十秒）导出为 WebM 或 GIF</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <source>Save the animation</source>
        <translation>保存动画</translation>
    </message>
    <message>
        <source>&amp;Export report…</source>
        <translation>导出报告(&amp;E)…</translation>
    </message>
    <message>
        <source>Export anima&amp;tion…</source>
        <translation>导出动画(&amp;T)…</translation>
    </message>
</context>
<context>
    <name>weir::ExpressionPopup</name>
    <message>
        <source>Enter adds the column. Such as data.amount, partition, or UPPER(data.status).</source>
        <translation>按 Enter 添加此列。例如 data.amount、partition 或 UPPER(data.status)。</translation>
    </message>
    <message>
        <source>A column with the value of</source>
        <translation>新增一列，其值为</translation>
    </message>
</context>
<context>
    <name>weir::FaultActions</name>
    <message>
        <source>Read from…</source>
        <translation>改变读取位置…</translation>
    </message>
    <message>
        <source>Read %1 from elsewhere</source>
        <translation>从别处读取 %1</translation>
    </message>
    <message>
        <source>Its groups go on reading from another place, from the playhead on</source>
        <translation>其各组自播放头起从另一处继续读取</translation>
    </message>
    <message>
        <source>Crash</source>
        <translation>崩溃</translation>
    </message>
    <message>
        <source>Slow down 5×</source>
        <translation>减慢 5×</translation>
    </message>
    <message>
        <source>Crash one instance</source>
        <translation>使一个实例崩溃</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>重启</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Slow down 2×</source>
        <translation>减慢 2×</translation>
    </message>
    <message>
        <source>Slow down 10×</source>
        <translation>减慢 10×</translation>
    </message>
    <message>
        <source>Back to normal speed</source>
        <translation>恢复正常速度</translation>
    </message>
    <message>
        <source>Rate 2×</source>
        <translation>速率 2×</translation>
    </message>
    <message>
        <source>Rate 0.5×</source>
        <translation>速率 0.5×</translation>
    </message>
    <message>
        <source>Stop emitting</source>
        <translation>停止发出</translation>
    </message>
    <message>
        <source>Back to the normal rate</source>
        <translation>恢复正常速率</translation>
    </message>
    <message>
        <source>Duplicate 10 %</source>
        <translation>重复 10 %</translation>
    </message>
    <message>
        <source>Duplicate everything</source>
        <translation>全部重复</translation>
    </message>
    <message>
        <source>Duplicate nothing more</source>
        <translation>不再重复</translation>
    </message>
    <message>
        <source>Lose 10 %</source>
        <translation>丢失 10 %</translation>
    </message>
    <message>
        <source>Lose everything</source>
        <translation>全部丢失</translation>
    </message>
    <message>
        <source>Lose nothing more</source>
        <translation>不再丢失</translation>
    </message>
    <message>
        <source>Poison the next message</source>
        <translation>使下一条消息成为毒消息</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1 cannot be done now: %2</source>
        <translation>现在不能执行“%1”：%2</translation>
    </message>
    <message>
        <source>End: %1</source>
        <translation>结束：%1</translation>
    </message>
    <message>
        <source>Keep in the scenario: %1</source>
        <translation>保留到场景：%1</translation>
    </message>
    <message>
        <source>Instance #%1 is down</source>
        <translation>实例 #%1 已停机</translation>
    </message>
    <message>
        <source>All instances are down</source>
        <translation>所有实例已停机</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Slowed down %1</source>
        <translation>已减慢 %1</translation>
    </message>
    <message>
        <source>Emits nothing</source>
        <translation>已停止发出</translation>
    </message>
    <message>
        <source>Rate %1</source>
        <translation>速率 %1</translation>
    </message>
    <message>
        <source>Loses %1</source>
        <translation>丢失 %1</translation>
    </message>
    <message>
        <source>Duplicates %1</source>
        <translation>重复 %1</translation>
    </message>
    <message>
        <source>%1 since %2</source>
        <translation>%1，始于 %2</translation>
    </message>
    <message>
        <source>%1, from the playhead on; can be undone</source>
        <translation>%1，自播放头起生效；可撤销</translation>
    </message>
    <message>
        <source>Cut off from the broker</source>
        <translation>与消息代理断开</translation>
    </message>
    <message>
        <source>Connect again</source>
        <translation>重新连接</translation>
    </message>
    <message>
        <source>Delay its link by 200 ms</source>
        <translation>链路延迟 200 ms</translation>
    </message>
    <message>
        <source>Delay its link no more</source>
        <translation>链路不再延迟</translation>
    </message>
    <message>
        <source>Lose 10 % on its link</source>
        <translation>链路丢失 10 %</translation>
    </message>
    <message>
        <source>Lose nothing more on its link</source>
        <translation>链路不再丢失</translation>
    </message>
    <message>
        <source>Hold back 10 % on its link</source>
        <translation>链路滞留 10 %</translation>
    </message>
    <message>
        <source>Hold back nothing more</source>
        <translation>不再滞留</translation>
    </message>
    <message>
        <source>Its clock is 5 s ahead</source>
        <translation>时钟快 5 秒</translation>
    </message>
    <message>
        <source>Its clock is 5 s behind</source>
        <translation>时钟慢 5 秒</translation>
    </message>
    <message>
        <source>Its clock is right</source>
        <translation>时钟准确</translation>
    </message>
    <message>
        <source>Cut off</source>
        <translation>已断开</translation>
    </message>
    <message>
        <source>Delayed by %1</source>
        <translation>延迟 %1</translation>
    </message>
    <message>
        <source>Holds back %1</source>
        <translation>滞留 %1</translation>
    </message>
    <message>
        <source>Loses %1 on its link</source>
        <translation>链路丢失 %1</translation>
    </message>
    <message>
        <source>Clock behind by %1</source>
        <translation>时钟慢 %1</translation>
    </message>
    <message>
        <source>Clock ahead by %1</source>
        <translation>时钟快 %1</translation>
    </message>
    <message>
        <source>Crash its leader&apos;s node</source>
        <translation>使领导者所在节点崩溃</translation>
    </message>
    <message>
        <source>Power failure of its leader&apos;s node</source>
        <translation>使领导者所在节点断电</translation>
    </message>
    <message>
        <source>Bring back the node that is down</source>
        <translation>恢复失效的节点</translation>
    </message>
    <message>
        <source>Node %1 is down</source>
        <translation>节点 %1 失效</translation>
    </message>
    <message>
        <source>Node %1 has no power</source>
        <translation>节点 %1 断电</translation>
    </message>
    <message>
        <source>Replay its archive</source>
        <translation>回放其归档</translation>
    </message>
    <message>
        <source>What it has kept so far is published again, at the playhead</source>
        <translation>在播放头处，把至今归档的内容再次发布</translation>
    </message>
    <message>
        <source>Restart all nodes, one after another</source>
        <translation>依次重启所有节点</translation>
    </message>
    <message>
        <source>Cut its leader&apos;s node off</source>
        <translation>断开其领导者的节点</translation>
    </message>
    <message>
        <source>Fill the disk of its leader&apos;s node</source>
        <translation>写满其领导者节点的磁盘</translation>
    </message>
    <message>
        <source>Make room on the disk that is full</source>
        <translation>为写满的磁盘腾出空间</translation>
    </message>
    <message>
        <source>Slow its leader&apos;s disk down by 200 ms</source>
        <translation>其领导者的磁盘慢 200 毫秒</translation>
    </message>
    <message>
        <source>Its leader&apos;s disk is quick again</source>
        <translation>其领导者的磁盘恢复速度</translation>
    </message>
    <message>
        <source>Its leader&apos;s clock is 1 min ahead</source>
        <translation>其领导者的时钟快 1 分钟</translation>
    </message>
    <message>
        <source>The disk of node %1 is full</source>
        <translation>节点 %1 的磁盘已满</translation>
    </message>
    <message>
        <source>The disk of node %1 is slower by %2</source>
        <translation>节点 %1 的磁盘慢 %2</translation>
    </message>
    <message>
        <source>Its instances</source>
        <translation>实例</translation>
    </message>
    <message>
        <source>How fast it works</source>
        <translation>处理速度</translation>
    </message>
    <message>
        <source>What it emits</source>
        <translation>发出的事件</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Its link to the broker</source>
        <translation>到消息代理的链路</translation>
    </message>
    <message>
        <source>Its clock</source>
        <translation>时钟</translation>
    </message>
    <message>
        <source>Its leader&apos;s node</source>
        <translation>领导者所在节点</translation>
    </message>
    <message>
        <source>Select a service or a channel first</source>
        <translation>请先选择一个服务或通道</translation>
    </message>
    <message>
        <source>%1 (%2 of %3)</source>
        <translation>%1（%3 个中的 %2 个）</translation>
    </message>
    <message>
        <source>%1 nodes</source>
        <translation>%1 个节点</translation>
    </message>
    <message>
        <source>Faults</source>
        <translation>故障</translation>
    </message>
    <message>
        <source>Their instances</source>
        <translation>实例</translation>
    </message>
    <message>
        <source>How fast they work</source>
        <translation>处理速度</translation>
    </message>
    <message>
        <source>What they emit</source>
        <translation>发出的事件</translation>
    </message>
    <message>
        <source>Their links to the broker</source>
        <translation>到消息代理的链路</translation>
    </message>
    <message>
        <source>Their clocks</source>
        <translation>时钟</translation>
    </message>
    <message>
        <source>Their leaders&apos; nodes</source>
        <translation>领导者所在节点</translation>
    </message>
</context>
<context>
    <name>weir::FaultPanel</name>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>More faults</source>
        <translation>更多故障</translation>
    </message>
    <message>
        <source>Everything that can be done to this node on purpose</source>
        <translation>可对此节点人为施加的全部故障</translation>
    </message>
    <message>
        <source>Given while running</source>
        <translation>运行中施加</translation>
    </message>
    <message>
        <source>A fault of the scenario</source>
        <translation>场景中的故障</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Keep: %1</source>
        <translation>保留：%1</translation>
    </message>
    <message>
        <source>Write it into the faults of the scenario; the run goes on as it is</source>
        <translation>写入场景的故障列表；运行不受影响</translation>
    </message>
    <message>
        <source>End</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>End: %1</source>
        <translation>结束：%1</translation>
    </message>
    <message>
        <source>Ends it from the playhead on</source>
        <translation>自播放头起结束</translation>
    </message>
</context>
<context>
    <name>weir::FieldText</name>
    <message>
        <source>for %1</source>
        <translation>持续 %1</translation>
    </message>
    <message>
        <source>mean %1</source>
        <translation>均值 %1</translation>
    </message>
    <message>
        <source>%1 users</source>
        <translation>%1 个用户</translation>
    </message>
    <message>
        <source>1 in %1</source>
        <translation>每 %1 次</translation>
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
        <source>emit %1 to %2</source>
        <translation>发出 %1 到 %2</translation>
    </message>
    <message>
        <source>reserve from %1</source>
        <translation>从 %1 预留</translation>
    </message>
    <message>
        <source>release to %1</source>
        <translation>释放回 %1</translation>
    </message>
    <message>
        <source>add to %1</source>
        <translation>累加到 %1</translation>
    </message>
    <message>
        <source>fill %1</source>
        <translation>补足 %1</translation>
    </message>
    <message>
        <source>set %1 to %2</source>
        <translation>将 %1 设为 %2</translation>
    </message>
    <message>
        <source>choose one of %1</source>
        <translation>从 %1 个分支中选一个</translation>
    </message>
    <message>
        <source>if %1</source>
        <translation>如果 %1</translation>
    </message>
    <message>
        <source>needs a whole number</source>
        <translation>需要整数</translation>
    </message>
    <message>
        <source>needs a number</source>
        <translation>需要数字</translation>
    </message>
    <message>
        <source>needs a number from %1 to %2</source>
        <translation>需要 %1 到 %2 之间的数字</translation>
    </message>
    <message>
        <source>needs a time with its unit, such as 250ms or 1.5s</source>
        <translation>需要带单位的时长，如 250ms 或 1.5s</translation>
    </message>
    <message>
        <source>must be above 0</source>
        <translation>必须大于 0</translation>
    </message>
    <message>
        <source>needs times with their units, such as 1s, 2s, 4s</source>
        <translation>需要带单位的时长，如 1s, 2s, 4s</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>1 entry</source>
        <translation>1 项</translation>
    </message>
    <message>
        <source>%1 entries</source>
        <translation>%1 项</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>%1, %2 more</source>
        <translation>%1，另有 %2 项</translation>
    </message>
    <message>
        <source>On %1</source>
        <translation>来自 %1</translation>
    </message>
    <message>
        <source>as it comes</source>
        <translation>均为默认</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>by id</source>
        <translation>按 id</translation>
    </message>
    <message>
        <source>must be given</source>
        <translation>必须填写</translation>
    </message>
    <message>
        <source>needs a rate with its unit, such as 20/s</source>
        <translation>需要带单位的速率，如 20/s</translation>
    </message>
    <message>
        <source>needs a size with its unit, such as 512B or 1KiB</source>
        <translation>需要带单位的大小，如 512B 或 1KiB</translation>
    </message>
</context>
<context>
    <name>weir::FieldWords</name>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Faults</source>
        <translation>故障</translation>
    </message>
    <message>
        <source>Expectations</source>
        <translation>期望</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>English</source>
        <translation>英文</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Runs for</source>
        <translation>运行时长</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>预热</translation>
    </message>
    <message>
        <source>Latency of a hop</source>
        <translation>每跳延迟</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>上限</translation>
    </message>
    <message>
        <source>Messages at most</source>
        <translation>消息数上限</translation>
    </message>
    <message>
        <source>Copies at most</source>
        <translation>副本数上限</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Partition key</source>
        <translation>分区键</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Subject</translation>
    </message>
    <message>
        <source>Data schema</source>
        <translation>数据模式</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Matches by</source>
        <translation>匹配方式</translation>
    </message>
    <message>
        <source>Receives from</source>
        <translation>接收自</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>Bindings</source>
        <translation>绑定</translation>
    </message>
    <message>
        <source>Follows</source>
        <translation>遵循</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>Capacity</source>
        <translation>容量</translation>
    </message>
    <message>
        <source>When full</source>
        <translation>满时</translation>
    </message>
    <message>
        <source>Priorities</source>
        <translation>优先级数</translation>
    </message>
    <message>
        <source>Ack timeout</source>
        <translation>确认超时</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Dead letters to</source>
        <translation>死信去向</translation>
    </message>
    <message>
        <source>Partitions</source>
        <translation>分区数</translation>
    </message>
    <message>
        <source>Keeps</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>For</source>
        <translation>持续</translation>
    </message>
    <message>
        <source>Records a partition</source>
        <translation>每分区记录数</translation>
    </message>
    <message>
        <source>Retries</source>
        <translation>重试次数</translation>
    </message>
    <message>
        <source>Backoff</source>
        <translation>退避</translation>
    </message>
    <message>
        <source>First after</source>
        <translation>首次间隔</translation>
    </message>
    <message>
        <source>Factor</source>
        <translation>倍数</translation>
    </message>
    <message>
        <source>Never longer than</source>
        <translation>间隔上限</translation>
    </message>
    <message>
        <source>Jitter</source>
        <translation>抖动</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>各次间隔</translation>
    </message>
    <message>
        <source>Instances</source>
        <translation>实例数</translation>
    </message>
    <message>
        <source>Restarts after</source>
        <translation>重启用时</translation>
    </message>
    <message>
        <source>State at the start</source>
        <translation>初始状态</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>源</translation>
    </message>
    <message>
        <source>Handlers</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>Arrivals</source>
        <translation>到达</translation>
    </message>
    <message>
        <source>Emits</source>
        <translation>发出</translation>
    </message>
    <message>
        <source>On</source>
        <translation>来自</translation>
    </message>
    <message>
        <source>Own queue</source>
        <translation>自己的队列</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Takes</source>
        <translation>处理时间</translation>
    </message>
    <message>
        <source>Workers each</source>
        <translation>实例工作线程</translation>
    </message>
    <message>
        <source>Prefetch</source>
        <translation>预取</translation>
    </message>
    <message>
        <source>Acks</source>
        <translation>确认时机</translation>
    </message>
    <message>
        <source>Fails</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Idempotent</source>
        <translation>幂等</translation>
    </message>
    <message>
        <source>How</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>Probability</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>When</source>
        <translation>当</translation>
    </message>
    <message>
        <source>Every so many</source>
        <translation>每若干次</translation>
    </message>
    <message>
        <source>First attempts</source>
        <translation>仅前几次</translation>
    </message>
    <message>
        <source>By</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>Remembers for</source>
        <translation>记住时长</translation>
    </message>
    <message>
        <source>Event type</source>
        <translation>事件类型</translation>
    </message>
    <message>
        <source>To</source>
        <translation>去往</translation>
    </message>
    <message>
        <source>Routing key</source>
        <translation>路由键</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>Expires after</source>
        <translation>过期时间</translation>
    </message>
    <message>
        <source>Delay</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>Gives up after</source>
        <translation>等待上限</translation>
    </message>
    <message>
        <source>Only when</source>
        <translation>仅当</translation>
    </message>
    <message>
        <source>Takes out of</source>
        <translation>取自</translation>
    </message>
    <message>
        <source>Else</source>
        <translation>否则</translation>
    </message>
    <message>
        <source>Gives back to</source>
        <translation>还给</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>Entry by</source>
        <translation>条目字段</translation>
    </message>
    <message>
        <source>Quantity by</source>
        <translation>数量字段</translation>
    </message>
    <message>
        <source>Adds to</source>
        <translation>累加到</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>增量</translation>
    </message>
    <message>
        <source>Fills</source>
        <translation>补足</translation>
    </message>
    <message>
        <source>Up to</source>
        <translation>补足到</translation>
    </message>
    <message>
        <source>Sets in</source>
        <translation>状态表</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Only from</source>
        <translation>仅自</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>条目</translation>
    </message>
    <message>
        <source>Branches</source>
        <translation>分支</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>If</source>
        <translation>如果</translation>
    </message>
    <message>
        <source>Then</source>
        <translation>然后</translation>
    </message>
    <message>
        <source>Every</source>
        <translation>每隔</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>速率</translation>
    </message>
    <message>
        <source>Mean rate</source>
        <translation>平均速率</translation>
    </message>
    <message>
        <source>Bursts</source>
        <translation>突发</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>时间表</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>用户数</translation>
    </message>
    <message>
        <source>At</source>
        <translation>时刻</translation>
    </message>
    <message>
        <source>Thinks for</source>
        <translation>思考时间</translation>
    </message>
    <message>
        <source>Spacing</source>
        <translation>间隔方式</translation>
    </message>
    <message>
        <source>Repeats</source>
        <translation>循环</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批量</translation>
    </message>
    <message>
        <source>From</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>截止</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>Busy for</source>
        <translation>忙时长</translation>
    </message>
    <message>
        <source>Quiet for</source>
        <translation>闲时长</translation>
    </message>
    <message>
        <source>Rate while busy</source>
        <translation>忙时速率</translation>
    </message>
    <message>
        <source>Rate while quiet</source>
        <translation>闲时速率</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>Uniform</source>
        <translation>均匀</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>正态</translation>
    </message>
    <message>
        <source>Lognormal</source>
        <translation>对数正态</translation>
    </message>
    <message>
        <source>Erlang</source>
        <translation>爱尔朗</translation>
    </message>
    <message>
        <source>Gamma</source>
        <translation>伽马</translation>
    </message>
    <message>
        <source>Weibull</source>
        <translation>韦布尔</translation>
    </message>
    <message>
        <source>Pareto</source>
        <translation>帕累托</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>取值</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>分位点</translation>
    </message>
    <message>
        <source>Lowest</source>
        <translation>最小</translation>
    </message>
    <message>
        <source>Highest</source>
        <translation>最大</translation>
    </message>
    <message>
        <source>Not below</source>
        <translation>不低于</translation>
    </message>
    <message>
        <source>Not above</source>
        <translation>不高于</translation>
    </message>
    <message>
        <source>Smallest</source>
        <translation>最小值</translation>
    </message>
    <message>
        <source>Median</source>
        <translation>中位数</translation>
    </message>
    <message>
        <source>Standard deviation</source>
        <translation>标准差</translation>
    </message>
    <message>
        <source>90 % below</source>
        <translation>90 % 低于</translation>
    </message>
    <message>
        <source>95 % below</source>
        <translation>95 % 低于</translation>
    </message>
    <message>
        <source>99 % below</source>
        <translation>99 % 低于</translation>
    </message>
    <message>
        <source>99.9 % below</source>
        <translation>99.9 % 低于</translation>
    </message>
    <message>
        <source>Phases</source>
        <translation>阶段数</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>尺度</translation>
    </message>
    <message>
        <source>Crashes</source>
        <translation>崩溃者</translation>
    </message>
    <message>
        <source>Instance</source>
        <translation>实例</translation>
    </message>
    <message>
        <source>Back after</source>
        <translation>恢复用时</translation>
    </message>
    <message>
        <source>Pauses</source>
        <translation>暂停者</translation>
    </message>
    <message>
        <source>Slows down</source>
        <translation>减慢者</translation>
    </message>
    <message>
        <source>Changes the rate of</source>
        <translation>改变速率者</translation>
    </message>
    <message>
        <source>Loses copies to</source>
        <translation>丢失去往</translation>
    </message>
    <message>
        <source>Doubles</source>
        <translation>重复去往</translation>
    </message>
    <message>
        <source>Poisons messages of</source>
        <translation>毒化消息属于</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息数</translation>
    </message>
    <message>
        <source>Ledger</source>
        <translation>台账</translation>
    </message>
    <message>
        <source>At the end</source>
        <translation>结束时</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>始终</translation>
    </message>
    <message>
        <source>In order on</source>
        <translation>按序于</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Drop the oldest</source>
        <translation>丢弃最旧的</translation>
    </message>
    <message>
        <source>Drop the newest</source>
        <translation>丢弃最新的</translation>
    </message>
    <message>
        <source>Block the producer</source>
        <translation>让生产者等待</translation>
    </message>
    <message>
        <source>At once</source>
        <translation>立即</translation>
    </message>
    <message>
        <source>Fixed</source>
        <translation>固定</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>Exponential</source>
        <translation>指数</translation>
    </message>
    <message>
        <source>Exponential, summed</source>
        <translation>指数之和</translation>
    </message>
    <message>
        <source>Explicit steps</source>
        <translation>逐次指定</translation>
    </message>
    <message>
        <source>After the work</source>
        <translation>完成后</translation>
    </message>
    <message>
        <source>On delivery</source>
        <translation>投递时</translation>
    </message>
    <message>
        <source>Fail</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Crash</source>
        <translation>崩溃</translation>
    </message>
    <message>
        <source>Crash after the work</source>
        <translation>完成后崩溃</translation>
    </message>
    <message>
        <source>Exact key</source>
        <translation>键相同</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Poisson</source>
        <translation>泊松</translation>
    </message>
    <message>
        <source>Regular</source>
        <translation>等间隔</translation>
    </message>
    <message>
        <source>Clients of Apache Kafka</source>
        <translation>Apache Kafka 客户端</translation>
    </message>
    <message>
        <source>Clients on librdkafka</source>
        <translation>基于 librdkafka 的客户端</translation>
    </message>
    <message>
        <source>Sarama, in Go</source>
        <translation>Sarama（Go）</translation>
    </message>
    <message>
        <source>Clients of Apache Pulsar</source>
        <translation>Apache Pulsar 客户端</translation>
    </message>
    <message>
        <source>Apache Pulsar with MurmurHash3</source>
        <translation>Apache Pulsar，用 MurmurHash3</translation>
    </message>
    <message>
        <source>RabbitMQ, super stream</source>
        <translation>RabbitMQ 超级流</translation>
    </message>
    <message>
        <source>NATS, by subject mapping</source>
        <translation>NATS 主题映射</translation>
    </message>
    <message>
        <source>Clients of Apache RocketMQ</source>
        <translation>Apache RocketMQ 客户端</translation>
    </message>
    <message>
        <source>Any of them</source>
        <translation>其中任意一个</translation>
    </message>
    <message>
        <source>Without end</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>Until nothing is left to do</source>
        <translation>直到无事可做</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>相符</translation>
    </message>
    <message>
        <source>Handler</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>源</translation>
    </message>
    <message>
        <source>Binding</source>
        <translation>绑定</translation>
    </message>
    <message>
        <source>Failure</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Branch</source>
        <translation>分支</translation>
    </message>
    <message>
        <source>Point</source>
        <translation>点</translation>
    </message>
    <message>
        <source>Emit</source>
        <translation>发出</translation>
    </message>
    <message>
        <source>Reserve</source>
        <translation>预留</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>释放</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>补足</translation>
    </message>
    <message>
        <source>Set a status</source>
        <translation>设置状态</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>选择分支</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Slow down</source>
        <translation>减慢</translation>
    </message>
    <message>
        <source>Change of rate</source>
        <translation>速率变化</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>丢失</translation>
    </message>
    <message>
        <source>Duplication</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>Poison</source>
        <translation>毒消息</translation>
    </message>
    <message>
        <source>Ledger closed</source>
        <translation>台账相符</translation>
    </message>
    <message>
        <source>Holds at the end</source>
        <translation>结束时成立</translation>
    </message>
    <message>
        <source>Always holds</source>
        <translation>始终成立</translation>
    </message>
    <message>
        <source>Kept in order</source>
        <translation>保持顺序</translation>
    </message>
    <message>
        <source>Distribution</source>
        <translation>分布</translation>
    </message>
    <message>
        <source>Given by</source>
        <translation>给定方式</translation>
    </message>
    <message>
        <source>At equal intervals</source>
        <translation>等间隔</translation>
    </message>
    <message>
        <source>At a steady rate</source>
        <translation>恒定速率</translation>
    </message>
    <message>
        <source>Users in a closed loop</source>
        <translation>闭环用户</translation>
    </message>
    <message>
        <source>At given times</source>
        <translation>指定时刻</translation>
    </message>
    <message>
        <source>Constant</source>
        <translation>恒定</translation>
    </message>
    <message>
        <source>Hyperexponential</source>
        <translation>超指数</translation>
    </message>
    <message>
        <source>Empirical</source>
        <translation>经验</translation>
    </message>
    <message>
        <source>By quantiles</source>
        <translation>按分位数</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表</translation>
    </message>
    <message>
        <source>Dialect</source>
        <translation>方言</translation>
    </message>
    <message>
        <source>Else to</source>
        <translation>否则转给</translation>
    </message>
    <message>
        <source>One copy for each</source>
        <translation>每个一份副本</translation>
    </message>
    <message>
        <source>Copies in order of</source>
        <translation>副本顺序按</translation>
    </message>
    <message>
        <source>CC and BCC</source>
        <translation>CC 与 BCC</translation>
    </message>
    <message>
        <source>Hash</source>
        <translation>哈希</translation>
    </message>
    <message>
        <source>Hash of</source>
        <translation>对什么取哈希</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>消息头</translation>
    </message>
    <message>
        <source>Only where</source>
        <translation>仅当</translation>
    </message>
    <message>
        <source>Event pattern</source>
        <translation>事件模式</translation>
    </message>
    <message>
        <source>Mandatory</source>
        <translation>必须送达</translation>
    </message>
    <message>
        <source>At random</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>By weight</source>
        <translation>按权重</translation>
    </message>
    <message>
        <source>Fewest in flight</source>
        <translation>未了结最少</translation>
    </message>
    <message>
        <source>Sticky by key</source>
        <translation>按键固定</translation>
    </message>
    <message>
        <source>In turn</source>
        <translation>轮流</translation>
    </message>
    <message>
        <source>Consistent hash</source>
        <translation>一致性哈希</translation>
    </message>
    <message>
        <source>RabbitMQ: * and #</source>
        <translation>RabbitMQ：* 与 #</translation>
    </message>
    <message>
        <source>MQTT: + and #</source>
        <translation>MQTT：+ 与 #</translation>
    </message>
    <message>
        <source>NATS: * and &gt;</source>
        <translation>NATS：* 与 &gt;</translation>
    </message>
    <message>
        <source>EventEmitter2: * and **</source>
        <translation>EventEmitter2：* 与 **</translation>
    </message>
    <message>
        <source>Redis: * ? [a-c]</source>
        <translation>Redis：* ? [a-c]</translation>
    </message>
    <message>
        <source>ZeroMQ: how it begins</source>
        <translation>ZeroMQ：键的开头</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Subscription</source>
        <translation>订阅</translation>
    </message>
    <message>
        <source>Consuming service</source>
        <translation>消费服务</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Most specific first</source>
        <translation>最具体的在先</translation>
    </message>
    <message>
        <source>MurmurHash3</source>
        <translation>MurmurHash3</translation>
    </message>
    <message>
        <source>MurmurHash2</source>
        <translation>MurmurHash2</translation>
    </message>
    <message>
        <source>FNV-1a</source>
        <translation>FNV-1a</translation>
    </message>
    <message>
        <source>Records go to</source>
        <translation>记录交给</translation>
    </message>
    <message>
        <source>The owner of their partition</source>
        <translation>分区的所有者</translation>
    </message>
    <message>
        <source>Any member</source>
        <translation>任一成员</translation>
    </message>
    <message>
        <source>One member for each key</source>
        <translation>每个键一个成员</translation>
    </message>
    <message>
        <source>One member for each partition</source>
        <translation>每个分区一个成员</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>什么都不推迟</translation>
    </message>
    <message>
        <source>The append, for all groups</source>
        <translation>对所有组推迟写入</translation>
    </message>
    <message>
        <source>The delivery to those who share</source>
        <translation>对共享记录者推迟投递</translation>
    </message>
    <message>
        <source>Who gets what a lost member had</source>
        <translation>断线成员的记录归</translation>
    </message>
    <message>
        <source>The others, at once</source>
        <translation>其他成员，立刻</translation>
    </message>
    <message>
        <source>The others, after the ack timeout</source>
        <translation>其他成员，确认超时后</translation>
    </message>
    <message>
        <source>Itself, if it is back before the others</source>
        <translation>自己，若先于其他成员回来</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>无人</translation>
    </message>
    <message>
        <source>Every one</source>
        <translation>每一个</translation>
    </message>
    <message>
        <source>CRC-32</source>
        <translation>CRC-32</translation>
    </message>
    <message>
        <source>Not its own</source>
        <translation>不含自己发布的</translation>
    </message>
    <message>
        <source>Before the others</source>
        <translation>排在其他之前</translation>
    </message>
    <message>
        <source>Retained messages</source>
        <translation>保留消息</translation>
    </message>
    <message>
        <source>Retain</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Last will</source>
        <translation>遗嘱消息</translation>
    </message>
    <message>
        <source>Schema</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>Schemas by version</source>
        <translation>各版本的模式</translation>
    </message>
    <message>
        <source>Compatibility</source>
        <translation>兼容性</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>上限</translation>
    </message>
    <message>
        <source>Burst</source>
        <translation>突发量</translation>
    </message>
    <message>
        <source>Beyond it</source>
        <translation>超出时</translation>
    </message>
    <message>
        <source>Wait at most</source>
        <translation>最多等待</translation>
    </message>
    <message>
        <source>Rate limit</source>
        <translation>限速</translation>
    </message>
    <message>
        <source>Delivery rate</source>
        <translation>投递限速</translation>
    </message>
    <message>
        <source>Largest message</source>
        <translation>最大消息</translation>
    </message>
    <message>
        <source>Dedup window</source>
        <translation>去重窗口</translation>
    </message>
    <message>
        <source>Schema check</source>
        <translation>模式校验</translation>
    </message>
    <message>
        <source>Repeats renew it</source>
        <translation>重复时重新计时</translation>
    </message>
    <message>
        <source>Keys at most</source>
        <translation>最多键数</translation>
    </message>
    <message>
        <source>Delay levels</source>
        <translation>延迟级别</translation>
    </message>
    <message>
        <source>Check-back</source>
        <translation>回查</translation>
    </message>
    <message>
        <source>Then every</source>
        <translation>此后每隔</translation>
    </message>
    <message>
        <source>For all at once</source>
        <translation>对所有消息统一查找</translation>
    </message>
    <message>
        <source>Times at most</source>
        <translation>最多次数</translation>
    </message>
    <message>
        <source>Whose expiry</source>
        <translation>以谁的过期为准</translation>
    </message>
    <message>
        <source>Expiry counts from</source>
        <translation>过期从何时计</translation>
    </message>
    <message>
        <source>Deliver at</source>
        <translation>投递时刻</translation>
    </message>
    <message>
        <source>Delay level</source>
        <translation>延迟级别</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>发布确认</translation>
    </message>
    <message>
        <source>Half message</source>
        <translation>半消息</translation>
    </message>
    <message>
        <source>Answer within</source>
        <translation>应答期限</translation>
    </message>
    <message>
        <source>First repeat after</source>
        <translation>首次重发前等待</translation>
    </message>
    <message>
        <source>Answers lost</source>
        <translation>丢失的应答</translation>
    </message>
    <message>
        <source>Local transaction takes</source>
        <translation>本地事务用时</translation>
    </message>
    <message>
        <source>Commits</source>
        <translation>提交比例</translation>
    </message>
    <message>
        <source>Not told</source>
        <translation>未告知比例</translation>
    </message>
    <message>
        <source>Transaction</source>
        <translation>事务</translation>
    </message>
    <message>
        <source>Reads versions</source>
        <translation>读取版本</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>To the dead letters</source>
        <translation>送入死信</translation>
    </message>
    <message>
        <source>Warn</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>Wait in line</source>
        <translation>排队等待</translation>
    </message>
    <message>
        <source>Drop</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>The shorter one</source>
        <translation>较短者</translation>
    </message>
    <message>
        <source>The message&apos;s own</source>
        <translation>消息自己的</translation>
    </message>
    <message>
        <source>The channel&apos;s</source>
        <translation>通道的</translation>
    </message>
    <message>
        <source>From being ready</source>
        <translation>就绪时起</translation>
    </message>
    <message>
        <source>From the publish</source>
        <translation>发布时起</translation>
    </message>
    <message>
        <source>Backward</source>
        <translation>向后兼容</translation>
    </message>
    <message>
        <source>Backward, all</source>
        <translation>向后兼容（全部）</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>向前兼容</translation>
    </message>
    <message>
        <source>Forward, all</source>
        <translation>向前兼容（全部）</translation>
    </message>
    <message>
        <source>Full</source>
        <translation>完全兼容</translation>
    </message>
    <message>
        <source>Full, all</source>
        <translation>完全兼容（全部）</translation>
    </message>
    <message>
        <source>Repeats at most</source>
        <translation>最多重发</translation>
    </message>
    <message>
        <source>Hash of keys</source>
        <translation>键的哈希</translation>
    </message>
    <message>
        <source>Without a key, in a row</source>
        <translation>无键消息连续写入</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>消费者组</translation>
    </message>
    <message>
        <source>Bytes a partition</source>
        <translation>每分区字节数</translation>
    </message>
    <message>
        <source>Records a routing key</source>
        <translation>每路由键记录数</translation>
    </message>
    <message>
        <source>Compacts</source>
        <translation>压缩</translation>
    </message>
    <message>
        <source>Cleans at a dirty share of</source>
        <translation>脏数据占比达到时清理</translation>
    </message>
    <message>
        <source>Tombstones go after</source>
        <translation>墓碑保留</translation>
    </message>
    <message>
        <source>Partitions go by</source>
        <translation>分区分配方式</translation>
    </message>
    <message>
        <source>A rebalance takes</source>
        <translation>再平衡持续</translation>
    </message>
    <message>
        <source>Session timeout</source>
        <translation>会话超时</translation>
    </message>
    <message>
        <source>From poll to poll at most</source>
        <translation>两次拉取间隔上限</translation>
    </message>
    <message>
        <source>Static members</source>
        <translation>静态成员</translation>
    </message>
    <message>
        <source>Begins at</source>
        <translation>起始位置</translation>
    </message>
    <message>
        <source>Commits offsets</source>
        <translation>提交偏移量</translation>
    </message>
    <message>
        <source>After</source>
        <translation>间隔</translation>
    </message>
    <message>
        <source>Moves groups of</source>
        <translation>移动其消费者组</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>组</translation>
    </message>
    <message>
        <source>Forget the oldest</source>
        <translation>移除最旧的</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>The limits</source>
        <translation>各项上限</translation>
    </message>
    <message>
        <source>Every group has acked</source>
        <translation>各组均已确认</translation>
    </message>
    <message>
        <source>Every group has acked, if any</source>
        <translation>各组（若有）均已确认</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>范围（range）</translation>
    </message>
    <message>
        <source>Round robin</source>
        <translation>轮询</translation>
    </message>
    <message>
        <source>Sticky</source>
        <translation>粘性</translation>
    </message>
    <message>
        <source>Sticky, cooperative</source>
        <translation>协作式粘性</translation>
    </message>
    <message>
        <source>The earliest</source>
        <translation>最早</translation>
    </message>
    <message>
        <source>The latest</source>
        <translation>最新</translation>
    </message>
    <message>
        <source>Seek</source>
        <translation>移动位置</translation>
    </message>
    <message>
        <source>Capacity in bytes</source>
        <translation>字节容量</translation>
    </message>
    <message>
        <source>Capacity counts</source>
        <translation>容量计入</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>过期于</translation>
    </message>
    <message>
        <source>Deleted when idle for</source>
        <translation>闲置多久后删除</translation>
    </message>
    <message>
        <source>Delivers to</source>
        <translation>投递给</translation>
    </message>
    <message>
        <source>Order of consumers</source>
        <translation>消费者次序</translation>
    </message>
    <message>
        <source>Requeues to</source>
        <translation>退回到</translation>
    </message>
    <message>
        <source>Late acks</source>
        <translation>迟到的确认</translation>
    </message>
    <message>
        <source>Key of dead letters</source>
        <translation>死信的路由键</translation>
    </message>
    <message>
        <source>Kind of jitter</source>
        <translation>抖动方式</translation>
    </message>
    <message>
        <source>After a timeout</source>
        <translation>超时之后</translation>
    </message>
    <message>
        <source>Delays pace</source>
        <translation>延迟作用于</translation>
    </message>
    <message>
        <source>After the last</source>
        <translation>最后一次之后</translation>
    </message>
    <message>
        <source>Refused for good</source>
        <translation>彻底拒绝之后</translation>
    </message>
    <message>
        <source>Comes back to</source>
        <translation>回到</translation>
    </message>
    <message>
        <source>Retries through</source>
        <translation>经由何处重试</translation>
    </message>
    <message>
        <source>Prefetch of an instance</source>
        <translation>实例预取</translation>
    </message>
    <message>
        <source>Gathers acks</source>
        <translation>攒确认</translation>
    </message>
    <message>
        <source>Acks lost</source>
        <translation>丢失的确认</translation>
    </message>
    <message>
        <source>Extends every</source>
        <translation>每隔多久延长</translation>
    </message>
    <message>
        <source>At least every</source>
        <translation>至少每隔</translation>
    </message>
    <message>
        <source>Events at most</source>
        <translation>事件上限</translation>
    </message>
    <message>
        <source>Waits for</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>No longer than</source>
        <translation>不超过</translation>
    </message>
    <message>
        <source>Gaps</source>
        <translation>间隔</translation>
    </message>
    <message>
        <source>Always ready</source>
        <translation>随时就绪</translation>
    </message>
    <message>
        <source>First at</source>
        <translation>首次在</translation>
    </message>
    <message>
        <source>Redrives</source>
        <translation>送回</translation>
    </message>
    <message>
        <source>Purges</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Redrive</source>
        <translation>送回</translation>
    </message>
    <message>
        <source>Purge</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Reject into the dead letters</source>
        <translation>拒绝并成为死信</translation>
    </message>
    <message>
        <source>Those that wait</source>
        <translation>等待中的</translation>
    </message>
    <message>
        <source>All that are not settled</source>
        <translation>所有未了结的</translation>
    </message>
    <message>
        <source>At the head</source>
        <translation>在队首</translation>
    </message>
    <message>
        <source>Anywhere</source>
        <translation>任何位置</translation>
    </message>
    <message>
        <source>All in turn</source>
        <translation>轮流给所有</translation>
    </message>
    <message>
        <source>The first alone</source>
        <translation>仅最先者</translation>
    </message>
    <message>
        <source>The one longest there</source>
        <translation>在场最久者</translation>
    </message>
    <message>
        <source>The first that is there</source>
        <translation>次序最前的在场者</translation>
    </message>
    <message>
        <source>One for each key</source>
        <translation>每个键一个</translation>
    </message>
    <message>
        <source>Least in flight</source>
        <translation>在途最少者</translation>
    </message>
    <message>
        <source>Its old place</source>
        <translation>原位</translation>
    </message>
    <message>
        <source>The tail</source>
        <translation>队尾</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>接受</translation>
    </message>
    <message>
        <source>In proportion</source>
        <translation>按比例</translation>
    </message>
    <message>
        <source>From nothing to all</source>
        <translation>从零到全部</translation>
    </message>
    <message>
        <source>From half to all</source>
        <translation>从一半到全部</translation>
    </message>
    <message>
        <source>Every redelivery</source>
        <translation>每次重投</translation>
    </message>
    <message>
        <source>After nacks only</source>
        <translation>仅 nack 之后</translation>
    </message>
    <message>
        <source>The ack timeout</source>
        <translation>确认超时</translation>
    </message>
    <message>
        <source>Dead letter</source>
        <translation>死信</translation>
    </message>
    <message>
        <source>Drop it</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>It stays</source>
        <translation>留下</translation>
    </message>
    <message>
        <source>When the work begins</source>
        <translation>开始工作时</translation>
    </message>
    <message>
        <source>Several together</source>
        <translation>多个一起</translation>
    </message>
    <message>
        <source>With all before it</source>
        <translation>连同之前的全部</translation>
    </message>
    <message>
        <source>At random gaps</source>
        <translation>按随机间隔</translation>
    </message>
    <message>
        <source>As fast as let in</source>
        <translation>接纳多快就多快</translation>
    </message>
    <message>
        <source>Links</source>
        <translation>链路</translation>
    </message>
    <message>
        <source>Between</source>
        <translation>两端</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>丢失</translation>
    </message>
    <message>
        <source>Comes twice</source>
        <translation>到达两次</translation>
    </message>
    <message>
        <source>Held back</source>
        <translation>滞留</translation>
    </message>
    <message>
        <source>Connection given up after</source>
        <translation>多久后放弃连接</translation>
    </message>
    <message>
        <source>Cuts apart</source>
        <translation>隔开</translation>
    </message>
    <message>
        <source>Delays the link</source>
        <translation>使链路变慢</translation>
    </message>
    <message>
        <source>Holds back on the link</source>
        <translation>在链路上滞留</translation>
    </message>
    <message>
        <source>Loses on the link</source>
        <translation>在链路上丢失</translation>
    </message>
    <message>
        <source>Shifts the clock of</source>
        <translation>拨动时钟</translation>
    </message>
    <message>
        <source>Ahead by</source>
        <translation>快多少</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>链路</translation>
    </message>
    <message>
        <source>Partition</source>
        <translation>网络分区</translation>
    </message>
    <message>
        <source>Delay on a link</source>
        <translation>链路延迟</translation>
    </message>
    <message>
        <source>Other order on a link</source>
        <translation>链路乱序</translation>
    </message>
    <message>
        <source>Loss on a link</source>
        <translation>链路丢失</translation>
    </message>
    <message>
        <source>Clock that is off</source>
        <translation>时钟偏差</translation>
    </message>
    <message>
        <source>Replicas</source>
        <translation>节点副本数</translation>
    </message>
    <message>
        <source>In sync at least</source>
        <translation>至少同步</translation>
    </message>
    <message>
        <source>Safe when</source>
        <translation>何时安全</translation>
    </message>
    <message>
        <source>Led by</source>
        <translation>领导节点</translation>
    </message>
    <message>
        <source>An election takes</source>
        <translation>选举耗时</translation>
    </message>
    <message>
        <source>In sync while behind less than</source>
        <translation>落后不足多久仍算同步</translation>
    </message>
    <message>
        <source>Unclean election</source>
        <translation>允许未同步者当选</translation>
    </message>
    <message>
        <source>A write takes</source>
        <translation>写入耗时</translation>
    </message>
    <message>
        <source>Flushed to the disk</source>
        <translation>刷盘</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Answered when</source>
        <translation>何时应答</translation>
    </message>
    <message>
        <source>All in sync have it</source>
        <translation>所有同步副本已保存</translation>
    </message>
    <message>
        <source>A majority has it</source>
        <translation>多数节点副本已保存</translation>
    </message>
    <message>
        <source>It is sent</source>
        <translation>已发出</translation>
    </message>
    <message>
        <source>The leader has it</source>
        <translation>领导者已保存</translation>
    </message>
    <message>
        <source>It is safe</source>
        <translation>已安全</translation>
    </message>
    <message>
        <source>With each write</source>
        <translation>每次写入时</translation>
    </message>
    <message>
        <source>When the system does it</source>
        <translation>由操作系统决定</translation>
    </message>
    <message>
        <source>Node down</source>
        <translation>节点失效</translation>
    </message>
    <message>
        <source>Power failure</source>
        <translation>断电</translation>
    </message>
    <message>
        <source>Broker nodes</source>
        <translation>消息代理节点</translation>
    </message>
    <message>
        <source>Who gets what a lost consumer had</source>
        <translation>断线消费者的副本归</translation>
    </message>
    <message>
        <source>Order of the line</source>
        <translation>排队次序</translation>
    </message>
    <message>
        <source>Tokens come back</source>
        <translation>令牌恢复</translation>
    </message>
    <message>
        <source>Timeouts that are no failures</source>
        <translation>不算失败的超时次数</translation>
    </message>
    <message>
        <source>Shorter in proportion</source>
        <translation>按比例缩短</translation>
    </message>
    <message>
        <source>The oldest first</source>
        <translation>最早的在先</translation>
    </message>
    <message>
        <source>The newest first</source>
        <translation>最新的在先</translation>
    </message>
    <message>
        <source>One by one</source>
        <translation>逐个</translation>
    </message>
    <message>
        <source>All at once</source>
        <translation>一次补满</translation>
    </message>
    <message>
        <source>Sees of transactions</source>
        <translation>事务可见性</translation>
    </message>
    <message>
        <source>Open after the work for</source>
        <translation>完成工作后保持打开</translation>
    </message>
    <message>
        <source>Aborted after</source>
        <translation>超时中止</translation>
    </message>
    <message>
        <source>A delay holds back</source>
        <translation>延迟推迟什么</translation>
    </message>
    <message>
        <source>Replicates to other clusters</source>
        <translation>复制到其他集群</translation>
    </message>
    <message>
        <source>Stream</source>
        <translation>流</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>归档</translation>
    </message>
    <message>
        <source>Kept for</source>
        <translation>保存时长</translation>
    </message>
    <message>
        <source>Outbox</source>
        <translation>发件箱</translation>
    </message>
    <message>
        <source>Looks every</source>
        <translation>查看间隔</translation>
    </message>
    <message>
        <source>Events a look</source>
        <translation>每次查看的事件数</translation>
    </message>
    <message>
        <source>Notes them after</source>
        <translation>记录已发布用时</translation>
    </message>
    <message>
        <source>Replays the archive of</source>
        <translation>回放归档</translation>
    </message>
    <message>
        <source>What came from</source>
        <translation>起始时刻</translation>
    </message>
    <message>
        <source>Only to</source>
        <translation>仅发往</translation>
    </message>
    <message>
        <source>Name of the replay</source>
        <translation>回放名称</translation>
    </message>
    <message>
        <source>What is committed</source>
        <translation>仅已提交的</translation>
    </message>
    <message>
        <source>Everything, at once</source>
        <translation>全部，即时</translation>
    </message>
    <message>
        <source>Crash between state and publish</source>
        <translation>在写状态与发布之间崩溃</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>回放</translation>
    </message>
    <message>
        <source>Replication</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>The first leads again after</source>
        <translation>首个副本多久后再次领导</translation>
    </message>
    <message>
        <source>When a disk is full</source>
        <translation>磁盘写满时</translation>
    </message>
    <message>
        <source>Room on its disk</source>
        <translation>磁盘容量</translation>
    </message>
    <message>
        <source>Each write longer by</source>
        <translation>每次写入延长</translation>
    </message>
    <message>
        <source>First node</source>
        <translation>首个节点</translation>
    </message>
    <message>
        <source>Each is down for</source>
        <translation>每个停止</translation>
    </message>
    <message>
        <source>Pause before the next</source>
        <translation>与下一个的间隔</translation>
    </message>
    <message>
        <source>Waits for replicas to catch up</source>
        <translation>等待副本追上</translation>
    </message>
    <message>
        <source>Publishers wait</source>
        <translation>发布者等待</translation>
    </message>
    <message>
        <source>Its replica is not there</source>
        <translation>其副本失效</translation>
    </message>
    <message>
        <source>Disk full</source>
        <translation>磁盘写满</translation>
    </message>
    <message>
        <source>Slow disk</source>
        <translation>磁盘变慢</translation>
    </message>
    <message>
        <source>Rolling restart</source>
        <translation>依次重启</translation>
    </message>
    <message>
        <source>Whoever has waited longest</source>
        <translation>等待最久者</translation>
    </message>
    <message>
        <source>Before the new, behind the returned</source>
        <translation>新消息之前、退回者之后</translation>
    </message>
    <message>
        <source>There, if deliveries are limited</source>
        <translation>限制投递次数时同上</translation>
    </message>
    <message>
        <source>In turn, until one fails</source>
        <translation>依次，直到一个失败</translation>
    </message>
    <message>
        <source>Receivers get their copies</source>
        <translation>接收方何时得到副本</translation>
    </message>
    <message>
        <source>Key that must be heard</source>
        <translation>必须有人监听的键</translation>
    </message>
    <message>
        <source>Unacked at most</source>
        <translation>未确认的上限</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>接入</translation>
    </message>
    <message>
        <source>Steps of the answer</source>
        <translation>应答的步数</translation>
    </message>
    <message>
        <source>Under way at most</source>
        <translation>在途上限</translation>
    </message>
    <message>
        <source>Its producer waits for it</source>
        <translation>生产者等待它</translation>
    </message>
    <message>
        <source>Steps of an ack</source>
        <translation>确认的步数</translation>
    </message>
    <message>
        <source>Access costs</source>
        <translation>接入开销</translation>
    </message>
    <message>
        <source>Bandwidth a second</source>
        <translation>每秒带宽</translation>
    </message>
    <message>
        <source>Each publish</source>
        <translation>每次发布</translation>
    </message>
    <message>
        <source>Each delivery</source>
        <translation>每次投递</translation>
    </message>
    <message>
        <source>Each ack and answer</source>
        <translation>每次确认与应答</translation>
    </message>
    <message>
        <source>Round trips before each</source>
        <translation>每次之前的往返</translation>
    </message>
    <message>
        <source>Overhead of each</source>
        <translation>每条的额外字节</translation>
    </message>
</context>
<context>
    <name>weir::FileActions</name>
    <message>
        <source>&amp;Undo %1</source>
        <translation>撤销 %1(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>Take the last change back</source>
        <translation>撤销上一次修改</translation>
    </message>
    <message>
        <source>&amp;Redo %1</source>
        <translation>重做 %1(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>Do again what was taken back</source>
        <translation>重做已撤销的修改</translation>
    </message>
    <message>
        <source>&amp;New</source>
        <translation>新建(&amp;N)</translation>
    </message>
    <message>
        <source>An empty scenario</source>
        <translation>空白场景</translation>
    </message>
    <message>
        <source>Another window, for another scenario</source>
        <translation>用于另一个场景的新窗口</translation>
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
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>Write the scenario to its file</source>
        <translation>把场景写入其文件</translation>
    </message>
    <message>
        <source>Write the scenario to another file</source>
        <translation>把场景写入另一个文件</translation>
    </message>
    <message>
        <source>Re&amp;load</source>
        <translation>重新加载(&amp;L)</translation>
    </message>
    <message>
        <source>Take up the file from disk; this can be undone</source>
        <translation>采用磁盘上的文件；可以撤销</translation>
    </message>
    <message>
        <source>New &amp;window</source>
        <translation>新建窗口(&amp;W)</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>最近打开(&amp;R)</translation>
    </message>
    <message>
        <source>Save &amp;as…</source>
        <translation>另存为(&amp;A)…</translation>
    </message>
</context>
<context>
    <name>weir::FilterField</name>
    <message>
        <source>Filter</source>
        <translation>过滤</translation>
    </message>
    <message>
        <source>Filter, such as type LIKE &apos;payment.%&apos; AND attempt &gt; 1</source>
        <translation>过滤，例如 type LIKE &apos;payment.%&apos; AND attempt &gt; 1</translation>
    </message>
    <message>
        <source>An expression in CloudEvents SQL: keeps the records for which it holds, hides the others.
Attributes and data of the event, and of the record: kind channel subscription service instance attempt reason latency at.
kind = &apos;deadLettered&apos;
service = &apos;payment-service&apos; AND latency &gt; 1s
data.totalAmount &gt; 100 AND type LIKE &apos;order.%&apos;
Up and Down, or Alt+Left and Alt+Right: filters used before. Esc: none.</source>
        <translation>CloudEvents SQL 表达式：保留满足条件的记录，隐藏其余记录。
可用事件的属性和数据，以及记录的字段：kind channel subscription service instance attempt reason latency at。
kind = &apos;deadLettered&apos;
service = &apos;payment-service&apos; AND latency &gt; 1s
data.totalAmount &gt; 100 AND type LIKE &apos;order.%&apos;
上下方向键，或 Alt+左、Alt+右：用过的过滤条件。Esc：清除过滤。</translation>
    </message>
    <message>
        <source>Enter applies</source>
        <translation>按 Enter 生效</translation>
    </message>
    <message>
        <source>Value of the column</source>
        <translation>列的值</translation>
    </message>
    <message>
        <source>Rows for which this holds</source>
        <translation>满足此条件的行</translation>
    </message>
</context>
<context>
    <name>weir::Finder</name>
    <message>
        <source>no node</source>
        <translation>没有节点</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Find a node</source>
        <translation>查找节点</translation>
    </message>
    <message>
        <source>A few letters of its name; Enter goes to the next one, Esc closes</source>
        <translation>输入名称中的几个字母；按 Enter 到下一个，按 Esc 关闭</translation>
    </message>
</context>
<context>
    <name>weir::FindingAdvice</name>
    <message>
        <source>Give &quot;max&quot; a number.</source>
        <translation>给 &quot;max&quot; 一个数值。</translation>
    </message>
    <message>
        <source>Give it a &quot;deadLetter&quot; channel to keep it.</source>
        <translation>设置 &quot;deadLetter&quot; 通道以保留它们。</translation>
    </message>
    <message>
        <source>Use &quot;ack&quot;: &quot;manual&quot; if each must be handled.</source>
        <translation>若每条都必须处理，请使用 &quot;ack&quot;: &quot;manual&quot;。</translation>
    </message>
    <message>
        <source>Give the handler &quot;idempotent&quot;.</source>
        <translation>为处理器设置 &quot;idempotent&quot;。</translation>
    </message>
    <message>
        <source>Members leave again and again: make &quot;maxPollInterval&quot; longer.</source>
        <translation>成员会反复离开组：请加长 &quot;maxPollInterval&quot;。</translation>
    </message>
    <message>
        <source>Work is done twice: make &quot;ackTimeout&quot; longer.</source>
        <translation>工作会重复执行：请加长 &quot;ackTimeout&quot;。</translation>
    </message>
    <message>
        <source>That broker has nothing like it.</source>
        <translation>该消息系统没有对应的功能。</translation>
    </message>
    <message>
        <source>It is not registered: change the schema, or its compatibility.</source>
        <translation>它不会被注册：请修改模式或其兼容性要求。</translation>
    </message>
    <message>
        <source>It grows without end: let more out, or less in.</source>
        <translation>它会无限增长：请放出更多，或放入更少。</translation>
    </message>
    <message>
        <source>Limit the exchange that it receives from, or its &quot;deliveryRate&quot;.</source>
        <translation>请限制它所接收的交换机，或它的 &quot;deliveryRate&quot;。</translation>
    </message>
    <message>
        <source>Publish it to a queue first.</source>
        <translation>请先发布到队列。</translation>
    </message>
    <message>
        <source>Let the groups of the stream share its records.</source>
        <translation>请让流的消费者组共享记录。</translation>
    </message>
    <message>
        <source>Publish it outside of a transaction.</source>
        <translation>请在事务之外发布。</translation>
    </message>
    <message>
        <source>Use &quot;ack&quot;: &quot;manual&quot;.</source>
        <translation>请使用 &quot;ack&quot;: &quot;manual&quot;。</translation>
    </message>
    <message>
        <source>Leave it out: it has no effect there.</source>
        <translation>请去掉它：在那里不起作用。</translation>
    </message>
    <message>
        <source>Give the queue an &quot;ackTimeout&quot;.</source>
        <translation>为队列设置 &quot;ackTimeout&quot;。</translation>
    </message>
    <message>
        <source>Give the queue an &quot;ackTimeout&quot;, or leave it out.</source>
        <translation>为队列设置 &quot;ackTimeout&quot;，或去掉它。</translation>
    </message>
    <message>
        <source>Wait for fewer, or give an &quot;interval&quot;.</source>
        <translation>请减少等待的数量，或设置 &quot;interval&quot;。</translation>
    </message>
    <message>
        <source>Use &quot;singleActive&quot; or &quot;failover&quot; to let the others wait.</source>
        <translation>请使用 &quot;singleActive&quot; 或 &quot;failover&quot;，让其余的等待。</translation>
    </message>
    <message>
        <source>Each sets off more than one on the mean: break the loop or make it end.</source>
        <translation>平均每条引发不止一条：请打断循环或使其结束。</translation>
    </message>
    <message>
        <source>Once these queues are full nobody goes on: let one reject or drop, or give the emit a &quot;timeout&quot;.</source>
        <translation>这些队列满后谁也无法继续：让其中之一拒绝或丢弃，或为发送设置 &quot;timeout&quot;。</translation>
    </message>
    <message>
        <source>Add instances or workers, or send less.</source>
        <translation>请增加实例或工作线程，或减少发送。</translation>
    </message>
    <message>
        <source>Little room is left: waits grow long.</source>
        <translation>余量很小：等待会变长。</translation>
    </message>
    <message>
        <source>Waits grow long at the peak.</source>
        <translation>峰值时等待会变长。</translation>
    </message>
    <message>
        <source>Give one &quot;sources&quot; with arrivals.</source>
        <translation>请为某个服务添加带到达规律的 &quot;sources&quot;。</translation>
    </message>
    <message>
        <source>Give it an event to emit and arrivals with a rate above 0 within the run.</source>
        <translation>请为它设置要发出的事件，以及运行期间速率大于 0 的到达规律。</translation>
    </message>
    <message>
        <source>Emit it somewhere, or leave it out.</source>
        <translation>请在某处发出它，或去掉它。</translation>
    </message>
    <message>
        <source>Let a handler take it, or stop emitting it.</source>
        <translation>请让某个处理器接收它，或不再发出它。</translation>
    </message>
    <message>
        <source>Bind a queue to it.</source>
        <translation>请为它绑定一个队列。</translation>
    </message>
    <message>
        <source>Correct the pattern or the key.</source>
        <translation>请修正模式或路由键。</translation>
    </message>
    <message>
        <source>Publish to it, or bind it to an exchange that events reach.</source>
        <translation>请向它发布，或把它绑定到有事件到达的交换机。</translation>
    </message>
    <message>
        <source>It grows without end: let a service consume it, or give it a &quot;ttl&quot; or a &quot;capacity&quot;.</source>
        <translation>它会无限增长：请让某个服务消费它，或设置 &quot;ttl&quot; 或 &quot;capacity&quot;。</translation>
    </message>
    <message>
        <source>Give it a source or a handler, or leave it out.</source>
        <translation>请为它添加消息源或处理器，或去掉它。</translation>
    </message>
    <message>
        <source>Some will idle: add partitions or remove instances.</source>
        <translation>部分消费者会闲置：请增加分区或减少实例。</translation>
    </message>
    <message>
        <source>Move it, or run longer.</source>
        <translation>请提前它，或延长运行。</translation>
    </message>
    <message>
        <source>All of its records stay: give the event type a &quot;key&quot;.</source>
        <translation>它的记录会全部保留：请为事件类型设置 &quot;key&quot;。</translation>
    </message>
    <message>
        <source>Give both streams the same &quot;group&quot; settings to divide them as one.</source>
        <translation>请为两个流设置相同的 &quot;group&quot;，以便一起分配。</translation>
    </message>
    <message>
        <source>The expectation can never be judged: correct the name.</source>
        <translation>该期望永远无法判断：请修正名称。</translation>
    </message>
    <message>
        <source>It sees only its event and its own state: carry what it needs in the event.</source>
        <translation>它只看得到自己的事件和状态：请让事件带上所需的内容。</translation>
    </message>
    <message>
        <source>What is said of loads and loops is not complete.</source>
        <translation>关于负载和循环的结论不完整。</translation>
    </message>
    <message>
        <source>Add &quot;nodes&quot;, or leave the replicas out.</source>
        <translation>添加 &quot;nodes&quot;，或去掉 &quot;replicas&quot;。</translation>
    </message>
    <message>
        <source>Use an odd number.</source>
        <translation>用奇数。</translation>
    </message>
    <message>
        <source>Set &quot;minInSync&quot; below &quot;replicas&quot;.</source>
        <translation>让 &quot;minInSync&quot; 小于 &quot;replicas&quot;。</translation>
    </message>
    <message>
        <source>Leave it out, unless to go on matters more.</source>
        <translation>除非继续运行更重要，否则不要用。</translation>
    </message>
    <message>
        <source>Give it more &quot;replicas&quot;.</source>
        <translation>给它更多 &quot;replicas&quot;。</translation>
    </message>
    <message>
        <source>Set &quot;minInSync&quot; to 2.</source>
        <translation>把 &quot;minInSync&quot; 设为 2。</translation>
    </message>
    <message>
        <source>Give acks and confirms more time, let the handler be idempotent, or break the loop.</source>
        <translation>延长确认与发布确认的时限，使处理器幂等，或打断循环。</translation>
    </message>
    <message>
        <source>Let a service consume it, let it reject or drop instead, or give it a &quot;ttl&quot;.</source>
        <translation>请让某个服务消费它、改为拒绝或丢弃，或设置 &quot;ttl&quot;。</translation>
    </message>
    <message>
        <source>Break the loop, or let what has no room or comes too late be dropped.</source>
        <translation>打断循环，或让放不下或过迟的消息被丢弃。</translation>
    </message>
    <message>
        <source>Its relay publishes it again for ever: let the channel take it, or let it be read.</source>
        <translation>发件箱会一直重新发布它：让通道收下它，或让它被读取。</translation>
    </message>
    <message>
        <source>Put it before the one that fits first, or leave it out.</source>
        <translation>请将它放到先匹配的那条链路之前，或去掉它。</translation>
    </message>
    <message>
        <source>Let it replicate there itself, too.</source>
        <translation>请让它自己也复制到那里。</translation>
    </message>
    <message>
        <source>Leave steps out, or raise &quot;max&quot;.</source>
        <translation>请去掉几级，或增大 &quot;max&quot;。</translation>
    </message>
    <message>
        <source>What fails is not tried again: dispatch it in another way, or let it be.</source>
        <translation>失败的不会重试：请改用其他分派方式，或接受这一点。</translation>
    </message>
    <message>
        <source>Give it an &quot;ackTimeout&quot;.</source>
        <translation>请为它设置 &quot;ackTimeout&quot;。</translation>
    </message>
    <message>
        <source>Let it &quot;confirm&quot; what must arrive.</source>
        <translation>请让它对必须到达的内容使用 &quot;confirm&quot;。</translation>
    </message>
    <message>
        <source>Use &quot;isolation&quot;: &quot;committed&quot;.</source>
        <translation>请使用 &quot;isolation&quot;: &quot;committed&quot;。</translation>
    </message>
    <message>
        <source>Make its &quot;timeout&quot; longer.</source>
        <translation>请把它的 &quot;timeout&quot; 设得更长。</translation>
    </message>
    <message>
        <source>It may die in between: give it an &quot;outbox&quot;.</source>
        <translation>它可能在两者之间崩溃：请为它设置 &quot;outbox&quot;。</translation>
    </message>
    <message>
        <source>Leave the outbox out.</source>
        <translation>请去掉发件箱。</translation>
    </message>
    <message>
        <source>Let a service consume it, or give it a &quot;ttl&quot;.</source>
        <translation>让一个服务消费它，或为它设置 &quot;ttl&quot;。</translation>
    </message>
    <message>
        <source>Give the link a &quot;bandwidth&quot;.</source>
        <translation>给链路设置 &quot;bandwidth&quot;。</translation>
    </message>
    <message>
        <source>Let the queue keep it: &quot;whenGone&quot;: &quot;resume&quot;, and no &quot;ackTimeout&quot;.</source>
        <translation>让队列为其保留：&quot;whenGone&quot;: &quot;resume&quot;，并且不设 &quot;ackTimeout&quot;。</translation>
    </message>
    <message>
        <source>Name the draft that was meant in its &quot;$schema&quot;.</source>
        <translation>请在其 &quot;$schema&quot; 中写明所用的草案。</translation>
    </message>
    <message>
        <source>Drafts 4, 6, 7, 2019-09 and 2020-12 are known.</source>
        <translation>已知草案有 4、6、7、2019-09 和 2020-12。</translation>
    </message>
    <message>
        <source>Let a handler take from that queue.</source>
        <translation>让一个处理器从该队列接收。</translation>
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
        <source>%1 from poll to poll is shorter than the mean work of %2 s</source>
        <translation>两次拉取间隔上限 %1 短于平均处理时间 %2 秒</translation>
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
    <message>
        <source>Version %1 of %2 breaks with version %3</source>
        <translation>%2 的版本 %1 与版本 %3 不兼容</translation>
    </message>
    <message>
        <source>%1 gets %2/s and may deliver %3/s</source>
        <translation>%1 每秒收到 %2 条，只许投递 %3 条</translation>
    </message>
    <message>
        <source>Nothing is published to %1 by its name: its rate limits nothing</source>
        <translation>没有消息按名称发布到 %1：其限速不起作用</translation>
    </message>
    <message>
        <source>%1 is not delayed: %2 is a stream</source>
        <translation>%1 不会延迟：%2 是流</translation>
    </message>
    <message>
        <source>%1 is not delayed: partitions of %2 have owners</source>
        <translation>%1 不会延迟：%2 的分区各有所属</translation>
    </message>
    <message>
        <source>%1 is not delayed on its way to %2: it is published within a transaction</source>
        <translation>%1 发往 %2 时不会延迟：它在事务中发布</translation>
    </message>
    <message>
        <source>%1 acks on delivery: its transaction has nothing to commit with</source>
        <translation>%1 投递即确认：其事务无从提交</translation>
    </message>
    <message>
        <source>The transaction of %1 decides what becomes of %2, nothing else does</source>
        <translation>%2 的结果由 %1 的事务决定，别无其他</translation>
    </message>
    <message>
        <source>%1 is compacted, but %2 has no key</source>
        <translation>%1 启用了压缩，但 %2 没有键</translation>
    </message>
    <message>
        <source>%1 divides %2 and %3 apart</source>
        <translation>%1 对 %2 与 %3 分别分配</translation>
    </message>
    <message>
        <source>What %1 acks in vain stays unacked</source>
        <translation>%1 丢失的确认使副本一直未确认</translation>
    </message>
    <message>
        <source>%1 broadcasts: nothing is tried again</source>
        <translation>%1 是广播：什么都不会重试</translation>
    </message>
    <message>
        <source>%1 has %2 ack timeouts for %3 deliveries</source>
        <translation>%1 有 %2 个确认超时，却只投递 %3 次</translation>
    </message>
    <message>
        <source>%1 commits nothing: %2 shares its records</source>
        <translation>%1 不提交偏移量：%2 的记录是共享的</translation>
    </message>
    <message>
        <source>What a lost member of %1 had stays pending</source>
        <translation>%1 断线成员的记录一直挂起</translation>
    </message>
    <message>
        <source>%1 extends an ack timeout that %2 does not have</source>
        <translation>%1 延长的确认超时，%2 并没有</translation>
    </message>
    <message>
        <source>%1 gathers %2 acks, but may hold %3 only</source>
        <translation>%1 要攒 %2 个确认，但只能持有 %3 个</translation>
    </message>
    <message>
        <source>%1 refuses all but one of %2 consumers</source>
        <translation>%1 只接受 %2 个消费者中的一个</translation>
    </message>
    <message>
        <source>%2 has no &quot;%1&quot;: it is left out</source>
        <translation>%2 没有“%1”，已略去</translation>
    </message>
    <message>
        <source>Nothing goes over the link between %1 and %2</source>
        <translation>%1 与 %2 之间的链路没有被用到</translation>
    </message>
    <message>
        <source>%1 of what %2 publishes is lost on its way</source>
        <translation>%2 发布的消息有 %1 在途中丢失</translation>
    </message>
    <message>
        <source>%1 of the deliveries of %2 to %3 may stay in flight for good</source>
        <translation>%2 给 %3 的投递有 %1 可能永远停在处理中</translation>
    </message>
    <message>
        <source>%1 asks for %2 replicas, but there are no nodes</source>
        <translation>%1 要求 %2 个节点副本，但没有节点</translation>
    </message>
    <message>
        <source>%1 has %2 replicas: one fewer bears as many losses</source>
        <translation>%1 有 %2 个节点副本：少一个也能承受同样多的失效</translation>
    </message>
    <message>
        <source>%1 needs all of its %2 replicas in sync</source>
        <translation>%1 要求其 %2 个节点副本全部同步</translation>
    </message>
    <message>
        <source>%1 may lose what was promised</source>
        <translation>%1 可能丢失已承诺的消息</translation>
    </message>
    <message>
        <source>%1 waits for all replicas of %2, which has one</source>
        <translation>%1 等待 %2 的全部节点副本，但它只有一个</translation>
    </message>
    <message>
        <source>%1 waits for all in sync of %2, which may be one</source>
        <translation>%1 等待 %2 的全部同步副本，但可能只有一个</translation>
    </message>
    <message>
        <source>Events go round where acks come too late: %1</source>
        <translation>确认过迟时事件循环：%1</translation>
    </message>
    <message>
        <source>Nobody reads %1: once it is full its producers wait for good</source>
        <translation>没有消费者读取 %1：一旦写满，其生产者将一直等待</translation>
    </message>
    <message>
        <source>%1 reads what %2 may abort</source>
        <translation>%1 会读到 %2 可能中止的内容</translation>
    </message>
    <message>
        <source>The transaction of %1 lasts %2 s and times out after %3</source>
        <translation>%1 的事务持续 %2 秒，超时为 %3</translation>
    </message>
    <message>
        <source>%1 writes its state and publishes apart</source>
        <translation>%1 分别写状态与发布</translation>
    </message>
    <message>
        <source>%1 publishes nothing through its outbox</source>
        <translation>%1 没有经发件箱发布任何内容</translation>
    </message>
    <message>
        <source>The outbox of %1 decides how %2 is published</source>
        <translation>%2 如何发布由 %1 的发件箱决定</translation>
    </message>
    <message>
        <source>What %1 replicates to %2 does not reach %3</source>
        <translation>%1 复制到 %2 的内容不会到达 %3</translation>
    </message>
    <message>
        <source>Events go round where queues are full: %1</source>
        <translation>队列已满时事件循环：%1</translation>
    </message>
    <message>
        <source>%2 may never take %3 for certain: it stays in the outbox of %1</source>
        <translation>%2 可能始终不会确认收下 %3：它留在 %1 的发件箱中</translation>
    </message>
    <message>
        <source>Nobody reads %1: whoever is served after it in turn never is</source>
        <translation>没有人读取 %1：依次排在它后面的永远轮不到</translation>
    </message>
    <message>
        <source>%1 more a message between %2 and %3 take no time</source>
        <translation>%2 与 %3 之间每条消息额外的 %1 不占时间</translation>
    </message>
    <message>
        <source>What %1 has of %2 in two steps may go to another consumer</source>
        <translation>%1 以两步确认的 %2 的消息可能转给另一个消费者</translation>
    </message>
    <message>
        <source>Version %1 of %2: %3 means nothing in the draft it is read as</source>
        <translation>%2 的版本 %1：%3 在所采用的草案中没有意义</translation>
    </message>
    <message>
        <source>Version %1 of %2 is of a draft that is not known, and is read as draft 7</source>
        <translation>%2 的版本 %1 采用未知的草案，按草案 7 解读</translation>
    </message>
    <message>
        <source>Retries of %1 wait in %2, which nobody reads</source>
        <translation>%1 的重试在 %2 中等待，但没有人读取它</translation>
    </message>
</context>
<context>
    <name>weir::Fixes</name>
    <message>
        <source>Fix: %1</source>
        <translation>修复：%1</translation>
    </message>
    <message>
        <source>Nothing mends this by itself</source>
        <translation>没有可自动修复的办法</translation>
    </message>
</context>
<context>
    <name>weir::FormLine</name>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Keep %1</source>
        <translation>保留 %1</translation>
    </message>
    <message>
        <source>Write the value into the scenario; the run goes on as it is</source>
        <translation>把该值写入场景；运行不受影响</translation>
    </message>
    <message>
        <source>Put back</source>
        <translation>还原</translation>
    </message>
    <message>
        <source>Put back %1</source>
        <translation>还原 %1</translation>
    </message>
    <message>
        <source>Give the run the value that the scenario has, from now on</source>
        <translation>从现在起，让运行恢复场景中的值</translation>
    </message>
    <message>
        <source>Fold up</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>Unfold</source>
        <translation>展开</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Back to the default</source>
        <translation>恢复默认值</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Remove (Delete)</source>
        <translation>移除 (Delete)</translation>
    </message>
    <message>
        <source>Back to the default (Delete)</source>
        <translation>恢复默认值 (Delete)</translation>
    </message>
</context>
<context>
    <name>weir::FormRows</name>
    <message>
        <source>Fewer settings</source>
        <translation>收起其余设置</translation>
    </message>
    <message>
        <source>1 more setting</source>
        <translation>另有 1 项设置</translation>
    </message>
    <message>
        <source>%1 more settings</source>
        <translation>另有 %1 项设置</translation>
    </message>
    <message>
        <source>must be given</source>
        <translation>必须填写</translation>
    </message>
    <message>
        <source>unbounded</source>
        <translation>无上限</translation>
    </message>
    <message>
        <source>none: dropped and counted</source>
        <translation>无：丢弃并计数</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>as many as workers</source>
        <translation>与工作线程数相同</translation>
    </message>
    <message>
        <source>the event type</source>
        <translation>事件类型</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source> and </source>
        <comment>between two parameters</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>Add: %1</source>
        <translation>添加：%1</translation>
    </message>
    <message>
        <source>Add an action</source>
        <translation>添加动作</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Add an entry (%1 more are in the JSON text)</source>
        <translation>添加条目（另有 %1 项见 JSON 文本）</translation>
    </message>
    <message>
        <source>Add a table</source>
        <translation>添加表</translation>
    </message>
    <message>
        <source>Add an entry</source>
        <translation>添加条目</translation>
    </message>
</context>
<context>
    <name>weir::FormSchema</name>
    <message>
        <source>Takes: %1</source>
        <translation>取值：%1</translation>
    </message>
    <message>
        <source>From %1 to %2</source>
        <translation>范围：%1 到 %2</translation>
    </message>
    <message>
        <source>Above 0</source>
        <translation>大于 0</translation>
    </message>
    <message>
        <source>Default: %1</source>
        <translation>默认：%1</translation>
    </message>
    <message>
        <source>Must be given</source>
        <translation>必须填写</translation>
    </message>
</context>
<context>
    <name>weir::FormView</name>
    <message>
        <source>since %1</source>
        <translation>自 %1 起</translation>
    </message>
    <message>
        <source>, was %1</source>
        <translation>，原为 %1</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>there is nothing of that name</source>
        <translation>没有这个名称</translation>
    </message>
    <message>
        <source>Change %1</source>
        <translation>更改%1</translation>
    </message>
    <message>
        <source>Change %1 of %2</source>
        <translation>更改 %2 的%1</translation>
    </message>
</context>
<context>
    <name>weir::GroupModel</name>
    <message>
        <source>nobody</source>
        <translation>无</translation>
    </message>
    <message>
        <source>%1 of %2 up</source>
        <translation>%2 个中 %1 个在线</translation>
    </message>
    <message>
        <source>partition %1</source>
        <translation>分区 %1</translation>
    </message>
    <message>
        <source>down</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>up</source>
        <translation>在线</translation>
    </message>
    <message>
        <source>The group that shares a queue&apos;s copies or a stream&apos;s records</source>
        <translation>共同消费一个队列或流的消费者组</translation>
    </message>
    <message>
        <source>The queue or stream; of a partition the member that took its last record</source>
        <translation>队列或流；对分区而言是取走最后一条记录的成员</translation>
    </message>
    <message>
        <source>Instances that can take something</source>
        <translation>可以接收消息的实例</translation>
    </message>
    <message>
        <source>Streams: the offset of the next record to be read, as committed</source>
        <translation>流：已提交的下一条待读记录的偏移量</translation>
    </message>
    <message>
        <source>Streams: the offset that the next record will get</source>
        <translation>流：下一条记录将得到的偏移量</translation>
    </message>
    <message>
        <source>What is still to be taken: records behind the committed offset, or copies that wait</source>
        <translation>尚待处理：已提交偏移量之后的记录，或等待中的副本</translation>
    </message>
    <message>
        <source>Taken, and not settled yet</source>
        <translation>已取走但尚未确认</translation>
    </message>
    <message>
        <source>How many a consumer may have in flight at once</source>
        <translation>每个消费者可同时持有的数量</translation>
    </message>
    <message>
        <source>How often the partitions were shared out</source>
        <translation>分区被重新分配的次数</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>消费者组</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>成员</translation>
    </message>
    <message>
        <source>Committed</source>
        <translation>已提交</translation>
    </message>
    <message>
        <source>End</source>
        <translation>末尾</translation>
    </message>
    <message>
        <source>Lag</source>
        <translation>滞后</translation>
    </message>
    <message>
        <source>In flight</source>
        <translation>处理中</translation>
    </message>
    <message>
        <source>Prefetch</source>
        <translation>预取</translation>
    </message>
    <message>
        <source>Generation</source>
        <translation>代次</translation>
    </message>
    <message>
        <source>rebalancing</source>
        <translation>再平衡中</translation>
    </message>
    <message>
        <source>nobody yet</source>
        <translation>尚无成员</translation>
    </message>
</context>
<context>
    <name>weir::GroupSeek</name>
    <message>
        <source>From offset %1</source>
        <translation>从偏移量 %1 起</translation>
    </message>
    <message>
        <source>What was published from %1 on</source>
        <translation>%1 起发布的记录</translation>
    </message>
    <message>
        <source>From where does %1 go on reading %2?</source>
        <translation>%1 从何处继续读取 %2？</translation>
    </message>
    <message>
        <source>From where do the groups go on reading %1?</source>
        <translation>各组从何处继续读取 %1？</translation>
    </message>
    <message>
        <source>Or an offset such as 42, a time of the run such as 90s</source>
        <translation>或偏移量，例如 42；或运行中的时间，例如 90s</translation>
    </message>
    <message>
        <source>Earliest</source>
        <translation>最早</translation>
    </message>
    <message>
        <source>the oldest record that is kept: all is read again</source>
        <translation>保留的最早记录：全部重新读取</translation>
    </message>
    <message>
        <source>Latest</source>
        <translation>最新</translation>
    </message>
    <message>
        <source>what is published from now on: the rest is passed over</source>
        <translation>从现在起发布的记录：其余的跳过</translation>
    </message>
    <message>
        <source>All groups</source>
        <translation>所有组</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>组</translation>
    </message>
</context>
<context>
    <name>weir::GroupsView</name>
    <message>
        <source>Read from…</source>
        <translation>改变读取位置…</translation>
    </message>
    <message>
        <source>The chosen group goes on reading its stream from another place</source>
        <translation>所选组从另一处继续读取其流</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>消费者组</translation>
    </message>
    <message>
        <source>Consumer groups</source>
        <translation>消费者组</translation>
    </message>
    <message>
        <source>Who consumes what, and how far behind, is listed here: open a scenario first (Ctrl+O)</source>
        <translation>谁消费什么、落后多少会列在这里：请先打开场景（Ctrl+O）</translation>
    </message>
</context>
<context>
    <name>weir::HeatLegend</name>
    <message>
        <source>Heat</source>
        <translation>热力</translation>
    </message>
    <message>
        <source>Heat: off</source>
        <translation>热力：关</translation>
    </message>
    <message>
        <source>Heat: %1, from %2 to %3</source>
        <translation>热力：%1，从 %2 到 %3</translation>
    </message>
    <message>
        <source>Colour the nodes by utilisation, latency, errors or lag (H: the next one)</source>
        <translation>按利用率、延迟、错误或滞后为节点着色（H：下一种）</translation>
    </message>
</context>
<context>
    <name>weir::HeatWords</name>
    <message>
        <source>No heat</source>
        <translation>无热力</translation>
    </message>
    <message>
        <source>Utilisation</source>
        <translation>利用率</translation>
    </message>
    <message>
        <source>Latency p99</source>
        <translation>延迟 p99</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Lag</source>
        <translation>滞后</translation>
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
    <message>
        <source>Nodes</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>group; double click unfolds it</source>
        <translation>分组；双击展开</translation>
    </message>
    <message>
        <source>group; double click folds it</source>
        <translation>分组；双击折叠</translation>
    </message>
    <message>
        <source>%1 waiting</source>
        <translation>%1 条等待</translation>
    </message>
    <message>
        <source>lag %1</source>
        <translation>滞后 %1</translation>
    </message>
    <message>
        <source>%1 of %2 instances down</source>
        <translation>%2 个实例中 %1 个停机</translation>
    </message>
    <message>
        <source>%1 busy</source>
        <translation>忙碌 %1</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>属于 %1</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>%1 publishes to %2</source>
        <translation>%1 发布到 %2</translation>
    </message>
    <message>
        <source>%1 routes to %2</source>
        <translation>%1 路由到 %2</translation>
    </message>
    <message>
        <source>%1 delivers to %2</source>
        <translation>%1 投递给 %2</translation>
    </message>
    <message>
        <source>%1 sends dead letters to %2</source>
        <translation>%1 把死信送到 %2</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>Partition %1 is led by</source>
        <translation>分区 %1 的领导者</translation>
    </message>
    <message>
        <source>Led by</source>
        <translation>领导者</translation>
    </message>
    <message>
        <source>In its outbox</source>
        <translation>发件箱中</translation>
    </message>
    <message>
        <source>Partition %1 is stable up to</source>
        <translation>分区 %1 稳定至</translation>
    </message>
    <message>
        <source>Disk full on</source>
        <translation>磁盘已满</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>takes what no binding does</source>
        <translation>接收没有绑定匹配的消息</translation>
    </message>
    <message>
        <source>no leader</source>
        <translation>无领导者</translation>
    </message>
    <message>
        <source>led by %1</source>
        <translation>由 %1 领导</translation>
    </message>
    <message>
        <source>rebalancing</source>
        <translation>再平衡中</translation>
    </message>
</context>
<context>
    <name>weir::InspectorView</name>
    <message>
        <source>Untitled</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>nothing in it yet</source>
        <translation>尚无内容</translation>
    </message>
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
        <translation>流：各消费者组按自己的进度读取</translation>
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
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>JSON text</source>
        <translation>JSON 文本</translation>
    </message>
    <message>
        <source>Shows the text of this element as the file has it, to read and to edit</source>
        <translation>显示此元素在文件中的文本，可阅读和编辑</translation>
    </message>
    <message>
        <source>event type</source>
        <translation>事件类型</translation>
    </message>
    <message>
        <source>nothing was seen yet</source>
        <translation>尚未看到任何内容</translation>
    </message>
    <message>
        <source>Fix</source>
        <translation>修复</translation>
    </message>
    <message>
        <source>Figures, settings and findings of what is selected are shown here: open a scenario first (Ctrl+O)</source>
        <translation>所选对象的指标、设置和检查结果会显示在这里：请先打开场景（Ctrl+O）</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Partition %1 led by</source>
        <translation>分区 %1 的领导者</translation>
    </message>
    <message>
        <source>Led by</source>
        <translation>领导者</translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Disk full on</source>
        <translation>磁盘已满</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>%1 nodes</source>
        <translation>%1 个节点</translation>
    </message>
    <message>
        <source>Largest lag</source>
        <translation>最大滞后</translation>
    </message>
</context>
<context>
    <name>weir::JsonPane</name>
    <message>
        <source>Change the text of %1</source>
        <translation>更改 %1 的文本</translation>
    </message>
    <message>
        <source>Ctrl+Enter gives the change to the run; Esc puts the text back</source>
        <translation>Ctrl+Enter 将更改交给运行；Esc 恢复文本</translation>
    </message>
    <message>
        <source>Ctrl+Enter takes it up; Esc puts the text back</source>
        <translation>Ctrl+Enter 应用；Esc 恢复文本</translation>
    </message>
    <message>
        <source>JSON text of %1</source>
        <translation>%1 的 JSON 文本</translation>
    </message>
    <message>
        <source>Only a run from the start can show this change. Go to the start first.</source>
        <translation>只有从头运行才能体现这项修改。请先回到开头。</translation>
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
        <source>Name of this layout</source>
        <translation>此布局的名称</translation>
    </message>
    <message>
        <source>&amp;Forget</source>
        <translation>删除(&amp;F)</translation>
    </message>
    <message>
        <source>La&amp;youts</source>
        <translation>布局(&amp;Y)</translation>
    </message>
    <message>
        <source>&amp;Save layout…</source>
        <translation>保存布局(&amp;S)…</translation>
    </message>
</context>
<context>
    <name>weir::LeaderWords</name>
    <message>
        <source>nobody</source>
        <translation>无领导者</translation>
    </message>
    <message>
        <source>%1 · %2 in sync</source>
        <translation>%1 · %2 个同步</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
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
    <message>
        <source>1 record</source>
        <translation>1 条记录</translation>
    </message>
    <message>
        <source>1 copy</source>
        <translation>1 个副本</translation>
    </message>
    <message>
        <source>1 message published</source>
        <translation>已发布 1 条消息</translation>
    </message>
</context>
<context>
    <name>weir::LetterCommands</name>
    <message>
        <source>refused: %1</source>
        <translation>被拒绝：%1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2 中的 %1</translation>
    </message>
    <message>
        <source>%1 redriven</source>
        <translation>已重新投递 %1 条</translation>
    </message>
    <message>
        <source>%1 discarded</source>
        <translation>已丢弃 %1 条</translation>
    </message>
    <message>
        <source>all redriven</source>
        <translation>已全部重新投递</translation>
    </message>
    <message>
        <source>refused: the event is no longer known</source>
        <translation>被拒绝：该事件已不可知</translation>
    </message>
    <message>
        <source>sent on with its new data</source>
        <translation>已以新数据发送</translation>
    </message>
    <message>
        <source>sent on; the letter stays, %1</source>
        <translation>已发送；死信保留，%1</translation>
    </message>
</context>
<context>
    <name>weir::LetterEditor</name>
    <message>
        <source>No JSON: %1</source>
        <translation>不是 JSON：%1</translation>
    </message>
    <message>
        <source>Data of %1</source>
        <translation>%1 的数据</translation>
    </message>
    <message>
        <source>Send to %1</source>
        <translation>发送到 %1</translation>
    </message>
    <message>
        <source>Publishes a new event with this data, and discards the dead letter (Ctrl+Enter)</source>
        <translation>以此数据发布一个新事件，并丢弃该死信（Ctrl+Enter）</translation>
    </message>
    <message>
        <source>Changes nothing (Esc)</source>
        <translation>不作更改（Esc）</translation>
    </message>
    <message>
        <source>Leave as it is</source>
        <translation>保持原样</translation>
    </message>
</context>
<context>
    <name>weir::LetterModel</name>
    <message>
        <source>being handled</source>
        <translation>处理中</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Lies in</source>
        <translation>所在通道</translation>
    </message>
    <message>
        <source>Died in</source>
        <translation>来源通道</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>尝试次数</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
</context>
<context>
    <name>weir::MainWindow</name>
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
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>Quit Weir</source>
        <translation>退出 Weir</translation>
    </message>
    <message>
        <source>Show title bars, to move and float panels</source>
        <translation>显示标题栏，以便移动和浮动面板</translation>
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
        <source>The desktop&apos;s language</source>
        <translation>桌面的语言</translation>
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
    <message>
        <source>F&amp;aults</source>
        <translation>故障(&amp;A)</translation>
    </message>
    <message>
        <source>Arran&amp;ge panels</source>
        <translation>排列面板(&amp;G)</translation>
    </message>
    <message>
        <source>R&amp;eset panels</source>
        <translation>重置面板(&amp;E)</translation>
    </message>
    <message>
        <source>F&amp;ull screen</source>
        <translation>全屏(&amp;U)</translation>
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
    <name>weir::MetricPicker</name>
    <message>
        <source>No figure has such a name</source>
        <translation>没有这样的指标</translation>
    </message>
    <message>
        <source>%1 more: type to narrow</source>
        <translation>另有 %1 项，继续输入以缩小范围</translation>
    </message>
    <message>
        <source>Choose a figure</source>
        <translation>选择指标</translation>
    </message>
    <message>
        <source>A place or a figure: payments wait</source>
        <translation>位置或指标，例如 payments 等待</translation>
    </message>
    <message>
        <source>Search figures</source>
        <translation>搜索指标</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>指标</translation>
    </message>
</context>
<context>
    <name>weir::Minimap</name>
    <message>
        <source>Minimap</source>
        <translation>缩略图</translation>
    </message>
    <message>
        <source>Drag to look elsewhere</source>
        <translation>拖动以查看别处</translation>
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
        <source>%1 confirms %2: it is settled</source>
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
    <message>
        <source>%1 stays in %2 and is not delivered any more</source>
        <translation>%1 留在 %2 中，不再投递</translation>
    </message>
</context>
<context>
    <name>weir::NodeFaults</name>
    <message>
        <source>Crash</source>
        <translation>崩溃</translation>
    </message>
    <message>
        <source>Power failure</source>
        <translation>断电</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Cut off</source>
        <translation>断开</translation>
    </message>
    <message>
        <source>Connect again</source>
        <translation>重新连接</translation>
    </message>
    <message>
        <source>Fill its disk</source>
        <translation>写满其磁盘</translation>
    </message>
    <message>
        <source>Make room on its disk</source>
        <translation>腾出其磁盘空间</translation>
    </message>
    <message>
        <source>Slow its disk down by 200 ms</source>
        <translation>使其磁盘慢 200 毫秒</translation>
    </message>
    <message>
        <source>Its disk is quick again</source>
        <translation>其磁盘恢复速度</translation>
    </message>
    <message>
        <source>Its clock is 1 min ahead</source>
        <translation>其时钟快 1 分钟</translation>
    </message>
    <message>
        <source>Its clock is right</source>
        <translation>其时钟准确</translation>
    </message>
    <message>
        <source>Nodes of the broker</source>
        <translation>消息代理的节点</translation>
    </message>
    <message>
        <source>%1 (down)</source>
        <translation>%1（已失效）</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1 cannot be done now: %2</source>
        <translation>现在不能执行“%1”：%2</translation>
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
        <translation>各消费者组合计 %1 条未读</translation>
    </message>
    <message>
        <source>%1 waiting, %2 wait for their retry</source>
        <translation>%1 条等待中，%2 条等待重试</translation>
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
    <name>weir::PaletteBar</name>
    <message>
        <source>Palette</source>
        <translation>面板</translation>
    </message>
    <message>
        <source>Event type</source>
        <translation>事件类型</translation>
    </message>
    <message>
        <source>What a service says happened</source>
        <translation>服务宣告发生的事</translation>
    </message>
    <message>
        <source>Drag it to its place, or click and then click there.</source>
        <translation>拖到位置上，或单击它再单击目标位置。</translation>
    </message>
    <message>
        <source>Click to name one.</source>
        <translation>单击以命名。</translation>
    </message>
</context>
<context>
    <name>weir::ParameterChanges</name>
    <message>
        <source>nothing can be changed here</source>
        <translation>此处无法更改</translation>
    </message>
    <message>
        <source>a run keeps its structure</source>
        <translation>运行中不能改变结构</translation>
    </message>
    <message>
        <source>Keep what was changed while running</source>
        <translation>保留运行中的更改</translation>
    </message>
    <message>
        <source>Put back what was changed while running</source>
        <translation>还原运行中的更改</translation>
    </message>
</context>
<context>
    <name>weir::Presenter</name>
    <message>
        <source>Large type, and a caption with a spotlight on what happens now</source>
        <translation>大字号，并用字幕和聚光显示正在发生的事</translation>
    </message>
    <message>
        <source>Presenter &amp;mode</source>
        <translation>演示模式(&amp;M)</translation>
    </message>
</context>
<context>
    <name>weir::ProblemFeed</name>
    <message>
        <source>The ledger is closed</source>
        <translation>账目平衡</translation>
    </message>
    <message>
        <source>always %1</source>
        <translation>始终 %1</translation>
    </message>
    <message>
        <source>%1 in order, key by key</source>
        <translation>%1 按键保持次序</translation>
    </message>
    <message>
        <source>An expectation cannot be looked at</source>
        <translation>有一项期望无法检验</translation>
    </message>
    <message>
        <source>The expectations were edited while this run was under way</source>
        <translation>期望在本次运行期间被修改</translation>
    </message>
    <message>
        <source>They are looked at from a run&apos;s start on: restart it (Ctrl+Shift+F5).</source>
        <translation>期望从运行开始时检验：请重新开始（Ctrl+Shift+F5）。</translation>
    </message>
    <message>
        <source>broken at %1</source>
        <translation>于 %1 被违反</translation>
    </message>
    <message>
        <source>holds at the end</source>
        <translation>结束时成立</translation>
    </message>
    <message>
        <source>holds now; looked at when the run ends</source>
        <translation>目前成立；运行结束时检验</translation>
    </message>
    <message>
        <source>does not hold yet; looked at when the run ends</source>
        <translation>尚未成立；运行结束时检验</translation>
    </message>
    <message>
        <source>holds so far</source>
        <translation>至今成立</translation>
    </message>
</context>
<context>
    <name>weir::ProblemLight</name>
    <message>
        <source>No problems</source>
        <translation>没有问题</translation>
    </message>
    <message>
        <source>1 problem</source>
        <translation>1 个问题</translation>
    </message>
    <message>
        <source>%1 problems</source>
        <translation>%1 个问题</translation>
    </message>
    <message>
        <source>%1 errors, %2 warnings, %3 notes: click for the list</source>
        <translation>%1 个错误，%2 个警告，%3 条提示：点击查看列表</translation>
    </message>
</context>
<context>
    <name>weir::ProblemModel</name>
    <message>
        <source>broken</source>
        <translation>被违反</translation>
    </message>
    <message>
        <source>expected</source>
        <translation>待检验</translation>
    </message>
    <message>
        <source>holds</source>
        <translation>成立</translation>
    </message>
    <message>
        <source>error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>note</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
</context>
<context>
    <name>weir::ProblemsView</name>
    <message>
        <source>What is wrong with a scenario or a run is listed here: open a scenario first (Ctrl+O)</source>
        <translation>场景或运行中的问题会列在这里：请先打开场景（Ctrl+O）</translation>
    </message>
    <message>
        <source>No problem: the check has nothing to say, and nothing expected was broken</source>
        <translation>没有问题：检查没有发现，期望也没有被违反</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>How to mend it</source>
        <translation>如何修正</translation>
    </message>
</context>
<context>
    <name>weir::RecordKinds</name>
    <message>
        <source>published</source>
        <translation>发布</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>deduplicated</source>
        <translation>去重</translation>
    </message>
    <message>
        <source>unroutable</source>
        <translation>无法路由</translation>
    </message>
    <message>
        <source>routed</source>
        <translation>路由</translation>
    </message>
    <message>
        <source>blocked</source>
        <translation>阻塞</translation>
    </message>
    <message>
        <source>unblocked</source>
        <translation>解除阻塞</translation>
    </message>
    <message>
        <source>throttled</source>
        <translation>限速</translation>
    </message>
    <message>
        <source>completed</source>
        <translation>完结</translation>
    </message>
    <message>
        <source>appended</source>
        <translation>追加</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>发出</translation>
    </message>
    <message>
        <source>enqueued</source>
        <translation>入队</translation>
    </message>
    <message>
        <source>released</source>
        <translation>放行</translation>
    </message>
    <message>
        <source>delivered</source>
        <translation>投递</translation>
    </message>
    <message>
        <source>started</source>
        <translation>开始处理</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>处理完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>处理失败</translation>
    </message>
    <message>
        <source>acked</source>
        <translation>确认</translation>
    </message>
    <message>
        <source>ackRefused</source>
        <translation>确认过晚</translation>
    </message>
    <message>
        <source>nacked</source>
        <translation>退回</translation>
    </message>
    <message>
        <source>timedOut</source>
        <translation>确认超时</translation>
    </message>
    <message>
        <source>requeued</source>
        <translation>重新入队</translation>
    </message>
    <message>
        <source>retryScheduled</source>
        <translation>等待重试</translation>
    </message>
    <message>
        <source>deadLettered</source>
        <translation>成为死信</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>过期</translation>
    </message>
    <message>
        <source>dropped</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>purged</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>丢失</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>effectLost</source>
        <translation>效果丢失</translation>
    </message>
    <message>
        <source>crashed</source>
        <translation>崩溃</translation>
    </message>
    <message>
        <source>restarted</source>
        <translation>重新启动</translation>
    </message>
    <message>
        <source>rebalanced</source>
        <translation>再均衡</translation>
    </message>
    <message>
        <source>committed</source>
        <translation>提交</translation>
    </message>
    <message>
        <source>compensated</source>
        <translation>补偿</translation>
    </message>
    <message>
        <source>stateChanged</source>
        <translation>状态改变</translation>
    </message>
    <message>
        <source>commanded</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>warmedUp</source>
        <translation>预热结束</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>scaled</source>
        <translation>扩缩</translation>
    </message>
    <message>
        <source>confirmed</source>
        <translation>发布已确认</translation>
    </message>
    <message>
        <source>unconfirmed</source>
        <translation>发布未确认</translation>
    </message>
    <message>
        <source>checkedBack</source>
        <translation>回查</translation>
    </message>
    <message>
        <source>strayed</source>
        <translation>途中丢失</translation>
    </message>
    <message>
        <source>leaderElected</source>
        <translation>选出领导者</translation>
    </message>
    <message>
        <source>leaderLost</source>
        <translation>失去领导者</translation>
    </message>
    <message>
        <source>replicaBehind</source>
        <translation>副本落后</translation>
    </message>
    <message>
        <source>replicaCaughtUp</source>
        <translation>副本追上</translation>
    </message>
    <message>
        <source>nodeDown</source>
        <translation>节点停机</translation>
    </message>
    <message>
        <source>nodeUp</source>
        <translation>节点恢复</translation>
    </message>
    <message>
        <source>transactionCommitted</source>
        <translation>事务已提交</translation>
    </message>
    <message>
        <source>transactionAborted</source>
        <translation>事务已中止</translation>
    </message>
    <message>
        <source>stored</source>
        <translation>存入发件箱</translation>
    </message>
    <message>
        <source>relayed</source>
        <translation>由发件箱发布</translation>
    </message>
    <message>
        <source>diskFull</source>
        <translation>磁盘写满</translation>
    </message>
    <message>
        <source>diskFree</source>
        <translation>磁盘有空间</translation>
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
        <translation>生产者将事件交给了消息代理。</translation>
    </message>
    <message>
        <source>The broker refused the event.</source>
        <translation>消息代理拒绝了该事件。</translation>
    </message>
    <message>
        <source>The broker had seen this event&apos;s id before and passed over it.</source>
        <translation>消息代理此前见过该事件的 id，已将其跳过。</translation>
    </message>
    <message>
        <source>No binding took the event.</source>
        <translation>没有绑定匹配该事件。</translation>
    </message>
    <message>
        <source>The broker made one copy for each queue that wants the event.</source>
        <translation>消息代理为每个需要该事件的队列各生成一个副本。</translation>
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
        <source>The consumer confirmed the copy: it is settled.</source>
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
        <translation>消息代理放弃了该副本，将其转入死信。</translation>
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
        <translation>消费者组内的分区已重新分配。</translation>
    </message>
    <message>
        <source>The group&apos;s position in the stream moved on.</source>
        <translation>消费者组在流中的位置已前移。</translation>
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
    <message>
        <source>Since row above</source>
        <translation>距上一行</translation>
    </message>
    <message>
        <source>The service has another number of instances or workers.</source>
        <translation>服务的实例数或工作线程数改变了。</translation>
    </message>
    <message>
        <source>The broker&apos;s answer reached the producer.</source>
        <translation>消息代理的应答到达了生产者。</translation>
    </message>
    <message>
        <source>The producer has no answer, or a no.</source>
        <translation>生产者没有收到应答，或得到了否定的应答。</translation>
    </message>
    <message>
        <source>The broker asked the producer what became of its transaction.</source>
        <translation>消息代理向生产者回查事务的结果。</translation>
    </message>
    <message>
        <source>not delivered any more</source>
        <translation>不再投递</translation>
    </message>
    <message>
        <source>A delivery, a confirmation or an answer was lost on its way.</source>
        <translation>一次投递、一个确认或一个应答在途中丢失。</translation>
    </message>
    <message>
        <source>term %1</source>
        <translation>任期 %1</translation>
    </message>
    <message>
        <source>%1 in sync</source>
        <translation>%1 个同步</translation>
    </message>
    <message>
        <source>its producer had been told that it is safe</source>
        <translation>生产者曾被告知它已安全</translation>
    </message>
    <message>
        <source>This node leads the queue or partition from now on.</source>
        <translation>该节点从此领导此队列或分区。</translation>
    </message>
    <message>
        <source>The node that led the queue or partition is gone: nobody leads it.</source>
        <translation>领导此队列或分区的节点失效，暂无领导者。</translation>
    </message>
    <message>
        <source>The replica on this node does not keep up: it is not in sync.</source>
        <translation>该节点上的副本跟不上，不再同步。</translation>
    </message>
    <message>
        <source>The replica on this node is in sync again.</source>
        <translation>该节点上的副本重新同步。</translation>
    </message>
    <message>
        <source>A node of the broker is gone.</source>
        <translation>消息代理的一个节点失效。</translation>
    </message>
    <message>
        <source>The node of the broker is there again.</source>
        <translation>消息代理的节点已恢复。</translation>
    </message>
    <message>
        <source>within a transaction</source>
        <translation>在事务内</translation>
    </message>
    <message>
        <source>stable up to offset %1</source>
        <translation>稳定至偏移量 %1</translation>
    </message>
    <message>
        <source>replayed: %1</source>
        <translation>回放：%1</translation>
    </message>
    <message>
        <source>A transaction in the partition is committed: all groups see its records now.</source>
        <translation>分区中的一个事务已提交：所有组现在都能看到其记录。</translation>
    </message>
    <message>
        <source>A transaction in the partition is aborted: groups that read committed records pass over it.</source>
        <translation>分区中的一个事务已中止：只读已提交记录的组会跳过它。</translation>
    </message>
    <message>
        <source>The service wrote the event into its outbox, together with its state.</source>
        <translation>服务把事件与状态一同写入了发件箱。</translation>
    </message>
    <message>
        <source>The event is published, and its row in the outbox is done with.</source>
        <translation>事件已发布，发件箱中的对应行已处理完毕。</translation>
    </message>
    <message>
        <source>The disk of a node of the broker is full.</source>
        <translation>消息代理节点的磁盘已满。</translation>
    </message>
    <message>
        <source>The disk of the node of the broker has room again.</source>
        <translation>消息代理节点的磁盘又有空间。</translation>
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
        <translation>期望</translation>
    </message>
    <message>
        <source>The scenario expects nothing.</source>
        <translation>场景没有设定期望。</translation>
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
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>In</source>
        <translation>流入</translation>
    </message>
</context>
<context>
    <name>weir::RowExpression</name>
    <message>
        <source>metric() and state() are figures of the run: a record has none</source>
        <translation>metric() 和 state() 是运行的指标：记录本身没有</translation>
    </message>
    <message>
        <source>%1 alone is no condition: compare it, such as kind = &apos;failed&apos;</source>
        <translation>单独的 %1 不是条件：请加以比较，例如 kind = &apos;failed&apos;</translation>
    </message>
</context>
<context>
    <name>weir::RunActions</name>
    <message>
        <source>Back to the start</source>
        <translation>回到起点</translation>
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
        <source>Step forward one record</source>
        <translation>前进一条记录</translation>
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
        <source>Real time</source>
        <translation>实时速度</translation>
    </message>
    <message>
        <source>As fast as it goes</source>
        <translation>全速</translation>
    </message>
    <message>
        <source>Back to the &amp;start</source>
        <translation>回到起点(&amp;S)</translation>
    </message>
    <message>
        <source>Step &amp;back</source>
        <translation>后退一步(&amp;B)</translation>
    </message>
    <message>
        <source>Step &amp;forward</source>
        <translation>前进一步(&amp;F)</translation>
    </message>
    <message>
        <source>Run &amp;until…</source>
        <translation>运行到(&amp;U)…</translation>
    </message>
    <message>
        <source>Real &amp;time</source>
        <translation>实时速度(&amp;T)</translation>
    </message>
    <message>
        <source>As fast as it &amp;goes</source>
        <translation>全速(&amp;G)</translation>
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
    <name>weir::RunComparison</name>
    <message>
        <source>copies</source>
        <translation>副本</translation>
    </message>
    <message>
        <source>acked</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>in flight</source>
        <translation>处理中</translation>
    </message>
    <message>
        <source>delayed</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>dead-lettered</source>
        <translation>死信</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>过期</translation>
    </message>
    <message>
        <source>dropped</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>丢失</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>end to end p99</source>
        <translation>端到端 p99</translation>
    </message>
    <message>
        <source>delivered</source>
        <translation>已投递</translation>
    </message>
    <message>
        <source>redelivered</source>
        <translation>重新投递</translation>
    </message>
    <message>
        <source>depth</source>
        <translation>深度</translation>
    </message>
    <message>
        <source>wait p99</source>
        <translation>等待 p99</translation>
    </message>
    <message>
        <source>handled</source>
        <translation>处理</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>utilisation</source>
        <translation>利用率</translation>
    </message>
    <message>
        <source>response p99</source>
        <translation>响应 p99</translation>
    </message>
</context>
<context>
    <name>weir::RunMarks</name>
    <message>
        <source>crash %1</source>
        <translation>%1 崩溃</translation>
    </message>
    <message>
        <source>pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>resume</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>slow down</source>
        <translation>减速</translation>
    </message>
    <message>
        <source>rate</source>
        <translation>速率</translation>
    </message>
    <message>
        <source>crash</source>
        <translation>崩溃</translation>
    </message>
    <message>
        <source>restart</source>
        <translation>重启</translation>
    </message>
    <message>
        <source>broken: %1</source>
        <translation>未满足：%1</translation>
    </message>
    <message>
        <source>stops here</source>
        <translation>在此停下</translation>
    </message>
    <message>
        <source>stops here (off)</source>
        <translation>在此停下（已关闭）</translation>
    </message>
    <message>
        <source>%1 forks</source>
        <translation>%1 分叉</translation>
    </message>
    <message>
        <source>lose</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>duplicate</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>poison</source>
        <translation>毒消息</translation>
    </message>
    <message>
        <source>set</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>redrive</source>
        <translation>重投</translation>
    </message>
    <message>
        <source>discard</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>publish to</source>
        <translation>发布到</translation>
    </message>
    <message>
        <source>go to another place in</source>
        <translation>移动位置</translation>
    </message>
    <message>
        <source>cut off</source>
        <translation>断开</translation>
    </message>
    <message>
        <source>connect</source>
        <translation>重新连接</translation>
    </message>
    <message>
        <source>delay</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>hold back</source>
        <translation>滞留</translation>
    </message>
    <message>
        <source>lose on the link of</source>
        <translation>链路丢失</translation>
    </message>
    <message>
        <source>shift the clock of</source>
        <translation>拨动时钟</translation>
    </message>
    <message>
        <source>node down</source>
        <translation>节点失效</translation>
    </message>
    <message>
        <source>power failure of</source>
        <translation>断电</translation>
    </message>
    <message>
        <source>node up</source>
        <translation>节点恢复</translation>
    </message>
    <message>
        <source>disk full on</source>
        <translation>磁盘写满</translation>
    </message>
    <message>
        <source>room again on</source>
        <translation>磁盘有空间</translation>
    </message>
    <message>
        <source>slow disk of</source>
        <translation>磁盘变慢</translation>
    </message>
    <message>
        <source>restart all, first</source>
        <translation>依次重启，首个</translation>
    </message>
</context>
<context>
    <name>weir::RunsView</name>
    <message>
        <source>%1, forked at %2</source>
        <translation>%1，分叉于 %2</translation>
    </message>
    <message>
        <source>%1 commands</source>
        <translation>%1 条命令</translation>
    </message>
    <message>
        <source>Ledger</source>
        <translation>台账</translation>
    </message>
    <message>
        <source>Fork the run, change one thing, and compare what becomes of both.</source>
        <translation>把运行分叉，改变一处，再比较两者的结果。</translation>
    </message>
    <message>
        <source>Choose another run to compare with.</source>
        <translation>选择另一个运行进行比较。</translation>
    </message>
    <message>
        <source>At %1 in both: %2 of %3 figures differ</source>
        <translation>两者在 %1 时：%3 项指标中有 %2 项不同</translation>
    </message>
    <message>
        <source>No difference as far as both have gone.</source>
        <translation>在两者都到达的范围内没有差异。</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>A second run from this moment on; the present one stays</source>
        <translation>从这一刻起的第二个运行；当前运行保留</translation>
    </message>
    <message>
        <source>Fork here</source>
        <translation>在此分叉</translation>
    </message>
    <message>
        <source>Switch to it</source>
        <translation>切换到它</translation>
    </message>
    <message>
        <source>Show the chosen run in every view</source>
        <translation>在所有视图中显示所选的运行</translation>
    </message>
    <message>
        <source>First difference</source>
        <translation>首个差异</translation>
    </message>
    <message>
        <source>Go to the first record that the chosen run has differently</source>
        <translation>转到所选运行中第一条不同的记录</translation>
    </message>
    <message>
        <source>Figures of both runs</source>
        <translation>两个运行的指标</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>This run</source>
        <translation>本运行</translation>
    </message>
    <message>
        <source>The other</source>
        <translation>另一个</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Replicate</source>
        <translation>重复运行</translation>
    </message>
    <message>
        <source>How often both are run again</source>
        <translation>两个运行各重复多少次</translation>
    </message>
    <message>
        <source>Runs both again with other seeds, up to this moment, and tells the mean difference of every figure with its 95 % interval</source>
        <translation>用其他种子把两者重新运行到这一刻，并给出每项指标的平均差异及其 95 % 置信区间</translation>
    </message>
    <message>
        <source>%1 of %2 pairs have run</source>
        <translation>已运行 %2 对中的 %1 对</translation>
    </message>
    <message>
        <source>%1 pairs up to %2: %3 differences are certain (95 %)</source>
        <translation>%1 对，直到 %2：%3 项差异可以确定（95 %）</translation>
    </message>
    <message>
        <source>%1 commands had nothing to do there</source>
        <translation>有 %1 条命令在其中无事可做</translation>
    </message>
    <message>
        <source>One of them no longer keeps this moment. Go on to a later one.</source>
        <translation>其中一个运行已不再保留这一刻。请前往更晚的时刻。</translation>
    </message>
    <message>
        <source>1 command</source>
        <translation>1 条命令</translation>
    </message>
    <message>
        <source>For&amp;k here</source>
        <translation>在此分叉(&amp;K)</translation>
    </message>
    <message>
        <source>It does not run there: %1</source>
        <translation>在那里无法运行：%1</translation>
    </message>
    <message>
        <source>On an&amp;other broker</source>
        <translation>换用其他消息系统(&amp;O)</translation>
    </message>
    <message>
        <source>On another broker</source>
        <translation>换用其他消息系统</translation>
    </message>
    <message>
        <source>The same workload from the start, with every channel following another system</source>
        <translation>从头运行同一负载，所有通道都遵循另一个系统</translation>
    </message>
    <message>
        <source>Other − this</source>
        <translation>另一个 − 本运行</translation>
    </message>
    <message>
        <source>Other − this, mean, 95 %</source>
        <translation>另一个 − 本运行，均值，95 %</translation>
    </message>
    <message>
        <source>What the other run has more than this one</source>
        <translation>另一个运行比本运行多出的量</translation>
    </message>
    <message>
        <source>The mean over all pairs of runs, with its 95 % interval</source>
        <translation>所有成对运行的均值及其 95 % 区间</translation>
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
    <name>weir::SegmentLegend</name>
    <message>
        <source>Legend</source>
        <translation>图例</translation>
    </message>
    <message>
        <source>critical path</source>
        <translation>关键路径</translation>
    </message>
</context>
<context>
    <name>weir::SegmentLook</name>
    <message>
        <source>message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>held</source>
        <translation>受阻</translation>
    </message>
    <message>
        <source>delayed</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>waits again</source>
        <translation>再次等待</translation>
    </message>
    <message>
        <source>replayed</source>
        <translation>回放</translation>
    </message>
    <message>
        <source>dead letter</source>
        <translation>死信</translation>
    </message>
    <message>
        <source>backoff</source>
        <translation>退避</translation>
    </message>
    <message>
        <source>handled</source>
        <translation>处理</translation>
    </message>
    <message>
        <source>duplicate</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>From publish to the last that is known of it.</source>
        <translation>从发布到关于它的最后一条记录。</translation>
    </message>
    <message>
        <source>The producer waits for room, or a rate limit delays the message.</source>
        <translation>生产者等待空位，或消息受速率限制而推迟。</translation>
    </message>
    <message>
        <source>The copy is held back from its birth on.</source>
        <translation>副本自产生起就被延迟。</translation>
    </message>
    <message>
        <source>The copy waits in its queue until a worker begins.</source>
        <translation>副本在队列中等待，直到有工作线程开始处理。</translation>
    </message>
    <message>
        <source>The copy was delivered before and waits to be delivered once more.</source>
        <translation>副本曾被投递，正等待再次投递。</translation>
    </message>
    <message>
        <source>The copy came again: out of dead letters, or read anew from a stream.</source>
        <translation>副本再次到来：取自死信，或从流中重新读取。</translation>
    </message>
    <message>
        <source>The copy was given up and lies in a dead-letter channel.</source>
        <translation>副本已被放弃，滞留在死信通道中。</translation>
    </message>
    <message>
        <source>The copy failed and waits for its next attempt.</source>
        <translation>副本处理失败，等待下一次尝试。</translation>
    </message>
    <message>
        <source>A worker has the copy in hand; red where it failed.</source>
        <translation>工作线程正在处理副本；失败处为红色。</translation>
    </message>
    <message>
        <source>What was done before is done again, or passed over as known.</source>
        <translation>已做过的又做了一遍，或因已知而跳过。</translation>
    </message>
</context>
<context>
    <name>weir::SequenceText</name>
    <message>
        <source>attempt %1</source>
        <translation>第 %1 次尝试</translation>
    </message>
    <message>
        <source>%1: from %2 to %3</source>
        <translation>%1：从 %2 到 %3</translation>
    </message>
    <message>
        <source>%1 steps in between are hidden</source>
        <translation>其间隐藏了 %1 步</translation>
    </message>
    <message>
        <source>%1 at %2, %3 later %4</source>
        <translation>%1 于 %2，%3 后 %4</translation>
    </message>
    <message>
        <source>from %1 to %2</source>
        <translation>从 %1 到 %2</translation>
    </message>
    <message>
        <source>%1 more are left out</source>
        <translation>另有 %1 项略去</translation>
    </message>
</context>
<context>
    <name>weir::SequenceView</name>
    <message>
        <source>%1 records</source>
        <translation>%1 条记录</translation>
    </message>
    <message>
        <source>%1 left out</source>
        <translation>%1 条未列</translation>
    </message>
    <message>
        <source>%1 hidden</source>
        <translation>%1 条隐藏</translation>
    </message>
    <message>
        <source>Hide %1</source>
        <translation>隐藏 %1</translation>
    </message>
    <message>
        <source>Hide all others</source>
        <translation>隐藏其他全部</translation>
    </message>
    <message>
        <source>Show %1</source>
        <translation>显示 %1</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>全部显示</translation>
    </message>
    <message>
        <source>Fit the selected message</source>
        <translation>缩放至所选消息</translation>
    </message>
    <message>
        <source>Save the sequence</source>
        <translation>保存时序图</translation>
    </message>
    <message>
        <source>Pictures (*.svg)</source>
        <translation>图片 (*.svg)</translation>
    </message>
    <message>
        <source>%1 could not be written</source>
        <translation>无法写入 %1</translation>
    </message>
    <message>
        <source>Sequence</source>
        <translation>时序</translation>
    </message>
    <message>
        <source>Sequence of messages</source>
        <translation>消息时序</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>By number</source>
        <translation>按序号</translation>
    </message>
    <message>
        <source>Nonlinear</source>
        <translation>非线性</translation>
    </message>
    <message>
        <source>Distances are proportional to time</source>
        <translation>距离与时间成正比</translation>
    </message>
    <message>
        <source>Every step is as far from the next one, whatever the time between</source>
        <translation>无论相隔多久，每一步的间距都相同</translation>
    </message>
    <message>
        <source>Long gaps count less, quiet stretches are folded</source>
        <translation>较长的间隔被压缩，空闲时段被折叠</translation>
    </message>
    <message>
        <source>Only this conversation</source>
        <translation>仅此会话</translation>
    </message>
    <message>
        <source>Shows all that has the same root as the selected message, and nothing else</source>
        <translation>只显示与所选消息同源的内容</translation>
    </message>
    <message>
        <source>Follow the playhead</source>
        <translation>跟随播放头</translation>
    </message>
    <message>
        <source>Follow the playhead (End)</source>
        <translation>跟随播放头 (End)</translation>
    </message>
    <message>
        <source>Take along</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Save as SVG, copy as Mermaid</source>
        <translation>另存为 SVG，复制为 Mermaid</translation>
    </message>
    <message>
        <source>Copy as Mermaid</source>
        <translation>复制为 Mermaid</translation>
    </message>
    <message>
        <source>Open a scenario to see its messages between services and channels</source>
        <translation>打开一个场景，查看服务与通道之间的消息</translation>
    </message>
    <message>
        <source>Save as SVG…</source>
        <translation>另存为 SVG…</translation>
    </message>
    <message>
        <source>1 record</source>
        <translation>1 条记录</translation>
    </message>
</context>
<context>
    <name>weir::Session</name>
    <message>
        <source>Run %1</source>
        <translation>运行 %1</translation>
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
    <name>weir::SeveralNodes</name>
    <message>
        <source>and %1 more</source>
        <translation>另有 %1 个</translation>
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
        <source>1 queue</source>
        <translation>1 个队列</translation>
    </message>
    <message>
        <source>%1 queues</source>
        <translation>%1 个队列</translation>
    </message>
    <message>
        <source>1 stream</source>
        <translation>1 个流</translation>
    </message>
    <message>
        <source>%1 streams</source>
        <translation>%1 个流</translation>
    </message>
    <message>
        <source>1 topic</source>
        <translation>1 个主题</translation>
    </message>
    <message>
        <source>%1 topics</source>
        <translation>%1 个主题</translation>
    </message>
    <message>
        <source>1 exchange</source>
        <translation>1 个交换机</translation>
    </message>
    <message>
        <source>%1 exchanges</source>
        <translation>%1 个交换机</translation>
    </message>
</context>
<context>
    <name>weir::ShortcutList</name>
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
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>No action and no key is called &quot;%1&quot;</source>
        <translation>没有名为“%1”的操作或按键</translation>
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
    <name>weir::StartOver</name>
    <message>
        <source>Change the scenario and start over</source>
        <translation>更改场景并重新开始</translation>
    </message>
    <message>
        <source>Leave it as it is</source>
        <translation>保持不变</translation>
    </message>
    <message>
        <source>Only a run from the start can show this change</source>
        <translation>只有从头运行才能体现这项修改</translation>
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
    <name>weir::StatisticsTable</name>
    <message>
        <source>Figures of the brush</source>
        <translation>刷选范围的统计</translation>
    </message>
    <message>
        <source>Over the brush</source>
        <translation>刷选范围内</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>min</source>
        <translation>最小</translation>
    </message>
    <message>
        <source>max</source>
        <translation>最大</translation>
    </message>
    <message>
        <source>area</source>
        <translation>面积</translation>
    </message>
    <message>
        <source>Observations; of rates messages, of levels points in time</source>
        <translation>观测数；速率为消息数，数量为时间点数</translation>
    </message>
    <message>
        <source>Value times seconds; of a rate what it adds up to</source>
        <translation>数值乘以秒；速率为其总数</translation>
    </message>
    <message>
        <source>counting…</source>
        <translation>计数中…</translation>
    </message>
</context>
<context>
    <name>weir::Studio</name>
    <message>
        <source>These endpoints cannot be watched. The present document stays as it is.</source>
        <translation>无法观测这些端点。当前文档保持不变。</translation>
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
    <message>
        <source>The chart is in %1</source>
        <translation>图表已保存到 %1</translation>
    </message>
    <message>
        <source>The chart was not exported.</source>
        <translation>图表未能导出。</translation>
    </message>
    <message>
        <source>What was no longer kept did not come out the same when it was made again, so it is not shown.</source>
        <translation>已不再保留的记录重新生成后与原先不一致，因此不予显示。</translation>
    </message>
    <message>
        <source>The file does not have the change that was made while running.</source>
        <translation>文件中没有运行时所做的更改。</translation>
    </message>
    <message>
        <source>The file does not have the %1 changes that were made while running.</source>
        <translation>文件中没有运行时所做的 %1 处更改。</translation>
    </message>
    <message>
        <source>Keep and save</source>
        <translation>保留并保存</translation>
    </message>
    <message>
        <source>&amp;Attach…</source>
        <translation>附加(&amp;A)…</translation>
    </message>
    <message>
        <source>These endpoints cannot be watched.</source>
        <translation>无法观测这些端点。</translation>
    </message>
</context>
<context>
    <name>weir::Timeline</name>
    <message>
        <source>The run&apos;s time appears here</source>
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
        <source>%1: %2 in (%3), %4 done</source>
        <translation>%1：流入 %2（%3），完成 %4</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>失败 %1</translation>
    </message>
    <message>
        <source>Look at %1</source>
        <translation>查看 %1</translation>
    </message>
    <message>
        <source>Run until %1</source>
        <translation>运行到 %1</translation>
    </message>
    <message>
        <source>Brush over &quot;%1&quot;</source>
        <translation>刷选“%1”</translation>
    </message>
    <message>
        <source>Brush from here to the playhead</source>
        <translation>从此处刷选到播放头</translation>
    </message>
    <message>
        <source>Show the brush only</source>
        <translation>只显示刷选范围</translation>
    </message>
    <message>
        <source>Clear the brush</source>
        <translation>清除刷选</translation>
    </message>
    <message>
        <source>Show the whole run</source>
        <translation>显示整个运行</translation>
    </message>
    <message>
        <source>The run&apos;s time. Left and Right step by one record, with Shift by one second; [ and ] go to the mark before and after; plus and minus zoom, 0 shows the whole run; Escape clears the brush.</source>
        <translation>运行时间。左右方向键前后移动一条记录，按住 Shift 移动一秒；[ 和 ] 跳到前一个和后一个标记；加减号缩放，0 显示整个运行；Esc 清除刷选。</translation>
    </message>
    <message>
        <source>Remove the breakpoint at %1</source>
        <translation>移除 %1 处的断点</translation>
    </message>
    <message>
        <source>Set a breakpoint at %1</source>
        <translation>在 %1 设置断点</translation>
    </message>
    <message>
        <source>%1: counting…</source>
        <translation>%1：计数中…</translation>
    </message>
</context>
<context>
    <name>weir::TopologyEdits</name>
    <message>
        <source>%1: this would break the scenario, so nothing was changed.</source>
        <translation>%1：这会破坏场景，因此没有改动。</translation>
    </message>
    <message>
        <source>Add %1</source>
        <translation>添加 %1</translation>
    </message>
    <message>
        <source>Add event type %1</source>
        <translation>添加事件类型 %1</translation>
    </message>
    <message>
        <source>A name has 1 to 200 bytes and no control characters.</source>
        <translation>名称为 1 到 200 字节，不含控制字符。</translation>
    </message>
    <message>
        <source>There is a %1 already.</source>
        <translation>已经有 %1。</translation>
    </message>
    <message>
        <source>Rename %1 to %2</source>
        <translation>把 %1 重命名为 %2</translation>
    </message>
    <message>
        <source>Pattern %1</source>
        <translation>模式 %1</translation>
    </message>
    <message>
        <source>Arrange anew</source>
        <translation>重新排列</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>剪切</translation>
    </message>
    <message>
        <source>Delete %1 ties</source>
        <translation>删除 %1 个连接</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>删除 %1</translation>
    </message>
    <message>
        <source>Delete %1 nodes</source>
        <translation>删除 %1 个节点</translation>
    </message>
    <message>
        <source>Delete the tie of %1 to %2</source>
        <translation>删除 %1 到 %2 的连接</translation>
    </message>
    <message>
        <source>The clipboard holds no part of a scenario.</source>
        <translation>剪贴板中没有场景内容。</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>再制</translation>
    </message>
    <message>
        <source>Duplicate %1 nodes</source>
        <translation>再制 %1 个节点</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Paste %1 nodes</source>
        <translation>粘贴 %1 个节点</translation>
    </message>
    <message>
        <source>Ties to %1 were left out: there is no such channel here.</source>
        <translation>到 %1 的连接已省略：这里没有该通道。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
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
    <name>weir::TraceMenu</name>
    <message>
        <source>Only the records of this event, what caused it and what it led to; Alt+Left goes back</source>
        <translation>只显示此事件及其前因后果的记录；Alt+Left 返回</translation>
    </message>
    <message>
        <source>Move the playhead here</source>
        <translation>将播放头移到此处</translation>
    </message>
    <message>
        <source>Filter: %1</source>
        <translation>过滤：%1</translation>
    </message>
    <message>
        <source>Selected</source>
        <translation>所选</translation>
    </message>
    <message>
        <source>Into the field, to be changed first; Enter applies it</source>
        <translation>先填入输入框以便修改；按 Enter 生效</translation>
    </message>
    <message>
        <source>Copy events as JSON</source>
        <translation>将所选事件复制为 JSON</translation>
    </message>
    <message>
        <source>Copy event as JSON</source>
        <translation>将事件复制为 JSON</translation>
    </message>
    <message>
        <source>Copy events as cURL</source>
        <translation>将所选事件复制为 cURL</translation>
    </message>
    <message>
        <source>Copy event as cURL</source>
        <translation>将事件复制为 cURL</translation>
    </message>
    <message>
        <source>Copy rows as CSV</source>
        <translation>将所选行复制为 CSV</translation>
    </message>
    <message>
        <source>Copy row as CSV</source>
        <translation>将此行复制为 CSV</translation>
    </message>
    <message>
        <source>Copy rows</source>
        <translation>复制所选行</translation>
    </message>
    <message>
        <source>Copy row</source>
        <translation>复制此行</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>What passes the filter, with the columns that are shown</source>
        <translation>通过过滤的记录，仅含显示的列</translation>
    </message>
    <message>
        <source>What passes the filter, everything of it, as the command line writes it</source>
        <translation>通过过滤的记录的全部内容，格式与命令行相同</translation>
    </message>
    <message>
        <source>Follow this conversation</source>
        <translation>跟踪此会话</translation>
    </message>
    <message>
        <source>Add column</source>
        <translation>添加列</translation>
    </message>
    <message>
        <source>Colour rows like this</source>
        <translation>为此类行着色</translation>
    </message>
    <message>
        <source>Not selected</source>
        <translation>非所选</translation>
    </message>
    <message>
        <source>… and selected</source>
        <translation>…且所选</translation>
    </message>
    <message>
        <source>… or selected</source>
        <translation>…或所选</translation>
    </message>
    <message>
        <source>… and not selected</source>
        <translation>…且非所选</translation>
    </message>
    <message>
        <source>… or not selected</source>
        <translation>…或非所选</translation>
    </message>
    <message>
        <source>Apply as filter</source>
        <translation>作为过滤应用</translation>
    </message>
    <message>
        <source>Prepare as filter</source>
        <translation>作为过滤准备</translation>
    </message>
    <message>
        <source>Another expression…</source>
        <translation>其他表达式…</translation>
    </message>
    <message>
        <source>Colour rules…</source>
        <translation>着色规则…</translation>
    </message>
    <message>
        <source>Hide this column</source>
        <translation>隐藏此列</translation>
    </message>
    <message>
        <source>Remove this column</source>
        <translation>移除此列</translation>
    </message>
    <message>
        <source>Add column by expression…</source>
        <translation>按表达式添加列…</translation>
    </message>
    <message>
        <source>Reset columns</source>
        <translation>重置列</translation>
    </message>
    <message>
        <source>Time since the start</source>
        <translation>自开始的时间</translation>
    </message>
    <message>
        <source>Time as a clock</source>
        <translation>时钟时间</translation>
    </message>
    <message>
        <source>Time since the row above</source>
        <translation>距上一行的时间</translation>
    </message>
    <message>
        <source>Export as CSV…</source>
        <translation>导出为 CSV…</translation>
    </message>
    <message>
        <source>Export as JSON lines…</source>
        <translation>导出为 JSON 行…</translation>
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
        <source>Nothing has happened yet: F5 runs, F10 makes one step</source>
        <translation>尚未发生任何事：F5 运行，F10 前进一步</translation>
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
        <source>export cancelled</source>
        <translation>已取消导出</translation>
    </message>
    <message>
        <source>export cancelled: another run</source>
        <translation>已取消导出：运行已更换</translation>
    </message>
    <message>
        <source>writing %1</source>
        <translation>写入 %1</translation>
    </message>
    <message>
        <source>%1 rows marked</source>
        <translation>已选 %1 行</translation>
    </message>
    <message>
        <source>No record passes the filter so far: Alt+Left goes back to the one before</source>
        <translation>目前没有记录通过过滤：Alt+Left 返回上一个过滤</translation>
    </message>
    <message>
        <source>Nothing happened in this stretch of time: the cross above shows all of the run</source>
        <translation>这段时间内没有发生任何事：点击上方的叉号显示整个运行</translation>
    </message>
    <message>
        <source>Only from %1: show all of the run</source>
        <translation>仅显示 %1：点击显示整个运行</translation>
    </message>
    <message>
        <source>no room for another rule</source>
        <translation>规则数量已达上限</translation>
    </message>
    <message>
        <source>copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>copied the first %1 of %2 rows: export takes all</source>
        <translation>已复制 %2 行中的前 %1 行：导出可包含全部</translation>
    </message>
    <message>
        <source>copied %1 rows</source>
        <translation>已复制 %1 行</translation>
    </message>
    <message>
        <source>Comma-separated values (*.csv)</source>
        <translation>逗号分隔值（*.csv）</translation>
    </message>
    <message>
        <source>JSON lines (*.ndjson)</source>
        <translation>JSON 行（*.ndjson）</translation>
    </message>
    <message>
        <source>not written: %1</source>
        <translation>未写入：%1</translation>
    </message>
    <message>
        <source>%1 rows written, %2 records were gone</source>
        <translation>已写入 %1 行，%2 条记录已不存在</translation>
    </message>
    <message>
        <source>%1 rows written to %2</source>
        <translation>已将 %1 行写入 %2</translation>
    </message>
    <message>
        <source>The filter before</source>
        <translation>上一个过滤</translation>
    </message>
    <message>
        <source>The filter after</source>
        <translation>下一个过滤</translation>
    </message>
    <message>
        <source>Cancel the export</source>
        <translation>取消导出</translation>
    </message>
    <message>
        <source>Colour rows</source>
        <translation>为行着色</translation>
    </message>
    <message>
        <source>Columns, time, export</source>
        <translation>列、时间、导出</translation>
    </message>
    <message>
        <source>Nothing was heard yet</source>
        <translation>尚未收到任何内容</translation>
    </message>
    <message>
        <source>Export the trace</source>
        <translation>导出轨迹</translation>
    </message>
    <message>
        <source>This stretch of time comes after the moment that is shown: run on to it, or show all with the cross above</source>
        <translation>这段时间在所显示的时刻之后：继续运行到那里，或单击上方的叉号显示整个运行</translation>
    </message>
</context>
<context>
    <name>weir::UntilPopup</name>
    <message>
        <source>That is no time. Write 10min, 90s or 00:03:12.480.</source>
        <translation>这不是有效的时间。请写成 10min、90s 或 00:03:12.480。</translation>
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
    <message>
        <source>Enter goes back to there.</source>
        <translation>按回车键回到该时间。</translation>
    </message>
</context>
<context>
    <name>weir::VerdictWords</name>
    <message>
        <source>%1 was published at %2 and is on its way to the broker.</source>
        <translation>%1 于 %2 发布，正在前往消息代理。</translation>
    </message>
    <message>
        <source>%1 is held since %2: there is no room in %3, so its producer waits.</source>
        <translation>%1 自 %2 起受阻：%3 没有空位，生产者在等待。</translation>
    </message>
    <message>
        <source>%1 is held since %2: a rate limit lets it pass in %3.</source>
        <translation>%1 自 %2 起受阻：受速率限制，%3 后放行。</translation>
    </message>
    <message>
        <source>%1 was refused by the broker at %2%3.</source>
        <translation>%1 于 %2 被消息代理拒绝%3。</translation>
    </message>
    <message>
        <source>%1 was passed over at %2: its id had been seen before.</source>
        <translation>%1 于 %2 被跳过：它的标识此前出现过。</translation>
    </message>
    <message>
        <source>%1 reached nobody: at %2 no binding took it.</source>
        <translation>%1 没有到达任何一方：%2 时没有绑定接收它。</translation>
    </message>
    <message>
        <source>%1 is on its way to %2 since %3.</source>
        <translation>%1 自 %3 起正在前往 %2。</translation>
    </message>
    <message>
        <source>%1 is held back in %2 since %3, as was asked for.</source>
        <translation>%1 自 %3 起按要求在 %2 中延迟。</translation>
    </message>
    <message>
        <source>%1 waits in %2 again since %3: %4.</source>
        <translation>%1 自 %3 起在 %2 中再次等待：%4。</translation>
    </message>
    <message>
        <source>%1 is with %2 since %3, which has not begun it yet.</source>
        <translation>%1 自 %3 起已交给 %2，尚未开始处理。</translation>
    </message>
    <message>
        <source>%1 is in the hands of %2 since %3.</source>
        <translation>%1 自 %3 起由 %2 处理。</translation>
    </message>
    <message>
        <source>%1 is in the hands of %2 since %3, as attempt %4: %5.</source>
        <translation>%1 自 %3 起由 %2 处理，是第 %4 次尝试：%5。</translation>
    </message>
    <message>
        <source>%1 was handled by %2 at %3; the ack is on its way.</source>
        <translation>%1 于 %3 由 %2 处理完毕；确认正在途中。</translation>
    </message>
    <message>
        <source>%1 has just gone wrong at %2: %3.</source>
        <translation>%1 刚在 %2 处出错：%3。</translation>
    </message>
    <message>
        <source>%1 has just been taken back from %2: %3.</source>
        <translation>%1 刚从 %2 收回：%3。</translation>
    </message>
    <message>
        <source>%1 waits in %2 since %3: %4, attempt %5 is due in %6.</source>
        <translation>%1 自 %3 起在 %2 中等待：%4，第 %5 次尝试将在 %6 后进行。</translation>
    </message>
    <message>
        <source>%1 is done: %2 acked it at %3 at attempt %4, %5 after it was published.</source>
        <translation>%1 已完成：%2 于 %3 在第 %4 次尝试时确认，距发布 %5。</translation>
    </message>
    <message>
        <source>%1 is done: %2 acked it at %3, %4 after it was published.</source>
        <translation>%1 已完成：%2 于 %3 确认，距发布 %4。</translation>
    </message>
    <message>
        <source>%1 is done: %2 passed over it at %3%4.</source>
        <translation>%1 已完成：%2 于 %3 跳过了它%4。</translation>
    </message>
    <message>
        <source>%1 was acked by %2, but its work was not done%3.</source>
        <translation>%1 已由 %2 确认，但处理并未完成%3。</translation>
    </message>
    <message>
        <source>%1 was given up by %2 at %3%4.</source>
        <translation>%1 于 %3 被 %2 放弃%4。</translation>
    </message>
    <message>
        <source>%1 expired in %2 at %3.</source>
        <translation>%1 于 %3 在 %2 中过期。</translation>
    </message>
    <message>
        <source>%1 was thrown away by %2 at %3%4.</source>
        <translation>%1 于 %3 被 %2 丢弃%4。</translation>
    </message>
    <message>
        <source>%1 was thrown away at %3, when %2 was emptied.</source>
        <translation>%1 于 %3 清空 %2 时被丢弃。</translation>
    </message>
    <message>
        <source>%1 was lost in %2 at %3%4.</source>
        <translation>%1 于 %3 在 %2 中丢失%4。</translation>
    </message>
    <message>
        <source>%1 done</source>
        <translation>%1 个完成</translation>
    </message>
    <message>
        <source>%1 under way</source>
        <translation>%1 个进行中</translation>
    </message>
    <message>
        <source>%1 not delivered</source>
        <translation>%1 个未送达</translation>
    </message>
    <message>
        <source>Other copies: %1.</source>
        <translation>其他副本：%1。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>%1 waits in %2 since %3: nobody reads there.</source>
        <translation>%1 自 %3 起在 %2 中等待：无人读取。</translation>
    </message>
    <message>
        <source>%1 waits in %2 since %3: %4 is down.</source>
        <translation>%1 自 %3 起在 %2 中等待：%4 已停机。</translation>
    </message>
    <message>
        <source>%1 waits in %2 since %3: all %4 workers of %5 are busy, %6 wait there.</source>
        <translation>%1 自 %3 起在 %2 中等待：%5 的 %4 个工作线程都在忙，共有 %6 条等待。</translation>
    </message>
    <message>
        <source>%1 waits in %2 since %3 for %4.</source>
        <translation>%1 自 %3 起在 %2 中等待 %4。</translation>
    </message>
    <message>
        <source>%1 lies among the dead letters in %2 since %3.</source>
        <translation>%1 自 %3 起作为死信滞留在 %2 中。</translation>
    </message>
    <message>
        <source>%1 lies in %2 since %3: %4 gave it up%5.</source>
        <translation>%1 自 %3 起滞留在 %2 中：被 %4 放弃%5。</translation>
    </message>
    <message>
        <source>%1 lies in %2 since %3: %4 gave it up after attempt %5: %6.</source>
        <translation>%1 自 %3 起滞留在 %2 中：%4 在第 %5 次尝试后放弃了它：%6。</translation>
    </message>
    <message>
        <source>nothing is known to have gone wrong</source>
        <translation>未发现出错</translation>
    </message>
    <message>
        <source>attempt %1 failed%2</source>
        <translation>第 %1 次尝试失败%2</translation>
    </message>
    <message>
        <source>the worker died during attempt %1</source>
        <translation>第 %1 次尝试时工作线程中止</translation>
    </message>
    <message>
        <source>attempt %1 timed out</source>
        <translation>第 %1 次尝试超时</translation>
    </message>
    <message>
        <source>attempt %1 was given back%2</source>
        <translation>第 %1 次尝试被退回%2</translation>
    </message>
    <message>
        <source>it was given back%1</source>
        <translation>它被退回%1</translation>
    </message>
</context>
<context>
    <name>weir::ViewHistory</name>
    <message>
        <source>no filter</source>
        <translation>无过滤</translation>
    </message>
    <message>
        <source>filter %1</source>
        <translation>过滤 %1</translation>
    </message>
    <message>
        <source>brush %1 to %2</source>
        <translation>刷选 %1 到 %2</translation>
    </message>
    <message>
        <source>no brush</source>
        <translation>无刷选</translation>
    </message>
    <message>
        <source>no message</source>
        <translation>无消息</translation>
    </message>
    <message>
        <source>message %1</source>
        <translation>消息 %1</translation>
    </message>
    <message>
        <source>nothing selected</source>
        <translation>未选择</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>后退(&amp;B)</translation>
    </message>
    <message>
        <source>Nothing was looked at before</source>
        <translation>之前没有查看过其他内容</translation>
    </message>
    <message>
        <source>Back to: %1</source>
        <translation>后退到：%1</translation>
    </message>
    <message>
        <source>For&amp;ward</source>
        <translation>前进(&amp;W)</translation>
    </message>
    <message>
        <source>Nothing to go forward to</source>
        <translation>没有可前进的内容</translation>
    </message>
    <message>
        <source>Forward to: %1</source>
        <translation>前进到：%1</translation>
    </message>
</context>
<context>
    <name>weir::WaitingView</name>
    <message>
        <source>Arrivals</source>
        <translation>到达</translation>
    </message>
    <message>
        <source>Handlings</source>
        <translation>处理</translation>
    </message>
    <message>
        <source>On the way</source>
        <translation>途中</translation>
    </message>
    <message>
        <source>Retries, delays</source>
        <translation>重试、延迟</translation>
    </message>
    <message>
        <source>Time limits</source>
        <translation>时限</translation>
    </message>
    <message>
        <source>Faults, run</source>
        <translation>故障、运行</translation>
    </message>
    <message>
        <source>a source emits</source>
        <translation>一个来源发出事件</translation>
    </message>
    <message>
        <source>a handling ends</source>
        <translation>一次处理结束</translation>
    </message>
    <message>
        <source>something arrives over the network</source>
        <translation>有内容经网络到达</translation>
    </message>
    <message>
        <source>a delay is over</source>
        <translation>一段延迟结束</translation>
    </message>
    <message>
        <source>a time limit is reached</source>
        <translation>到达一个时限</translation>
    </message>
    <message>
        <source>a fault begins or ends</source>
        <translation>一个故障开始或结束</translation>
    </message>
    <message>
        <source>the run goes on</source>
        <translation>运行继续</translation>
    </message>
    <message>
        <source>%1 dues wait; the next one: %2</source>
        <translation>%1 项在等待；下一项：%2</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>%1, in %2: %3</source>
        <translation>%1，%2 后：%3</translation>
    </message>
    <message>
        <source>, at %1</source>
        <translation>，在 %1</translation>
    </message>
    <message>
        <source>, message %1</source>
        <translation>，消息 %1</translation>
    </message>
    <message>
        <source>Nothing waits: the run is at its end</source>
        <translation>没有等待的事项：运行已到终点</translation>
    </message>
    <message>
        <source>What a simulation is going to do appears here</source>
        <translation>这里显示模拟接下来要做的事</translation>
    </message>
    <message>
        <source>Due from now on, click one to run until it</source>
        <translation>从现在起到期的事项，单击一项即运行到它</translation>
    </message>
    <message>
        <source>%1 shown, %2 later ones left out</source>
        <translation>显示 %1 项，略去其后 %2 项</translation>
    </message>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>Run until this one</source>
        <translation>运行到此项</translation>
    </message>
    <message>
        <source>Select where it happens</source>
        <translation>选中其发生之处</translation>
    </message>
    <message>
        <source>What waits</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Nothing waits yet: F5 runs, F10 makes one step</source>
        <translation>还没有等待的事项：F5 运行，F10 前进一步</translation>
    </message>
</context>
<context>
    <name>weir::WaterfallMinimap</name>
    <message>
        <source>Overview of the time</source>
        <translation>时间总览</translation>
    </message>
    <message>
        <source>Drag to look at a part, double click for all of it</source>
        <translation>拖动查看一段，双击查看全部</translation>
    </message>
</context>
<context>
    <name>weir::WaterfallView</name>
    <message>
        <source>Waterfall</source>
        <translation>瀑布图</translation>
    </message>
    <message>
        <source>no longer kept</source>
        <translation>已不再保留</translation>
    </message>
    <message>
        <source>%1, attempt %2</source>
        <translation>%1，第 %2 次尝试</translation>
    </message>
    <message>
        <source>ended by %1</source>
        <translation>以 %1 结束</translation>
    </message>
    <message>
        <source>from %1 to %2</source>
        <translation>从 %1 到 %2</translation>
    </message>
    <message>
        <source>%1 in which nothing begins or ends, folded</source>
        <translation>%1 内没有开始或结束，已折叠</translation>
    </message>
    <message>
        <source>published at %1</source>
        <translation>发布于 %1</translation>
    </message>
</context>
<context>
    <name>weir::WelcomePage</name>
    <message>
        <source>Welcome to Weir</source>
        <translation>欢迎使用 Weir</translation>
    </message>
    <message>
        <source>See an event-driven architecture flow: before you build it, and while it runs.</source>
        <translation>看见事件驱动架构的流动：在构建之前，也在运行之中。</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Begin with an empty canvas</source>
        <translation>从空白画布开始</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Open a scenario file</source>
        <translation>打开场景文件</translation>
    </message>
    <message>
        <source>Or drop a file here. To watch a running system: Live &gt; Attach.</source>
        <translation>也可以把文件拖到这里。观察运行中的系统：实况 &gt; 附加。</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>最近</translation>
    </message>
    <message>
        <source>Files that you open appear here.</source>
        <translation>打开过的文件会出现在这里。</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>Each shows one idea. It opens as a copy that is yours to change.</source>
        <translation>每个示例说明一个概念。打开的是可以随意修改的副本。</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>欢迎</translation>
    </message>
    <message>
        <source>New scenario</source>
        <translation>新建场景</translation>
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
