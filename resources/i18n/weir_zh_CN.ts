<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>weir::ClockLabel</name>
    <message>
        <source>Simulated time</source>
        <translation>模拟时间</translation>
    </message>
</context>
<context>
    <name>weir::EmptyPiece</name>
    <message>
        <source>Open a scenario</source>
        <translation>打开场景</translation>
    </message>
    <message>
        <source>File &gt; Open, or drop a file here</source>
        <translation>文件 &gt; 打开，或将文件拖到此处</translation>
    </message>
    <message>
        <source>Services, channels and event types of the scenario appear here</source>
        <translation>场景中的服务、通道和事件类型将显示在这里</translation>
    </message>
    <message>
        <source>Click a service or a channel to see its figures</source>
        <translation>单击服务或通道以查看其数据</translation>
    </message>
    <message>
        <source>The time of the run</source>
        <translation>运行时间轴</translation>
    </message>
    <message>
        <source>Every record of the run, as it happens</source>
        <translation>实时显示运行中的每条记录</translation>
    </message>
    <message>
        <source>Throughput, depth and latency over time</source>
        <translation>吞吐量、队列深度和延迟随时间的变化</translation>
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
        <source>Outline</source>
        <translation>大纲</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>检查器</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间轴</translation>
    </message>
    <message>
        <source>Trace</source>
        <translation>轨迹</translation>
    </message>
    <message>
        <source>Charts</source>
        <translation>图表</translation>
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
        <source>The desktop&apos;s language</source>
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
        <source>&amp;Keyboard Shortcuts</source>
        <translation>键盘快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>所有快捷键</translation>
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
</context>
<context>
    <name>weir::ShortcutDialog</name>
    <message>
        <source>Keyboard Shortcuts</source>
        <translation>键盘快捷键</translation>
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
