using System.Collections.Frozen;

namespace Ecosystem.Workflows.Definitions;

/// <summary>Which activity type does what.</summary>
internal static class Activities
{
    private static readonly StepBehavior Step = new();
    private static readonly DefinitionBehavior Definition = new();
    private static readonly UnknownBehavior Unknown = new();

    private static readonly FrozenDictionary<string, ActivityBehavior> ByType = new Dictionary<string, ActivityBehavior>
    {
        ["Elsa.Flowchart"] = new FlowchartBehavior(),
        ["Elsa.Sequence"] = new SequenceBehavior(),
        ["Elsa.Workflow"] = new BodyBehavior(),
        ["Elsa.FlowNode"] = new BodyBehavior(),
        ["Elsa.Container"] = new SequenceBehavior(),
        ["Elsa.Start"] = new PassBehavior(),
        ["Elsa.End"] = new EndBehavior(),
        ["Elsa.Finish"] = new FinishBehavior(),
        ["Elsa.Complete"] = new CompleteBehavior(),
        ["Elsa.Fault"] = new FaultBehavior(),
        ["Elsa.If"] = new IfBehavior(),
        ["Elsa.Switch"] = new SwitchBehavior(),
        ["Elsa.FlowDecision"] = new FlowDecisionBehavior(),
        ["Elsa.FlowSwitch"] = new FlowSwitchBehavior(),
        ["Elsa.FlowFork"] = new FlowForkBehavior(),
        ["Elsa.FlowJoin"] = new PassBehavior(),
        ["Elsa.Join"] = new PassBehavior(),
        ["Elsa.Fork"] = new ForkBehavior(),
        ["Elsa.Parallel"] = new ParallelBehavior(),
        ["Elsa.For"] = new ForBehavior(),
        ["Elsa.ForEach"] = new ForEachBehavior(),
        ["Elsa.ParallelForEach"] = new ParallelForEachBehavior(),
        ["Elsa.While"] = new WhileBehavior(),
        ["Elsa.Break"] = new BreakBehavior(),
        ["Elsa.SetVariable"] = new SetVariableBehavior(),
        ["Elsa.SetName"] = new SetNameBehavior(),
        ["Elsa.Correlate"] = new CorrelateBehavior(),
        ["Elsa.WriteLine"] = new WriteLineBehavior(),
        ["Elsa.SetOutput"] = new SetOutputBehavior(),
        ["Elsa.RunJavaScript"] = new ScriptBehavior("JavaScript"),
        ["Elsa.RunLiquid"] = new ScriptBehavior("Liquid"),
        ["Elsa.RunCSharp"] = new ScriptBehavior("CSharp"),
        ["Elsa.RunPython"] = new ScriptBehavior("Python"),
        ["Elsa.Event"] = new EventBehavior(),
        ["Elsa.PublishEvent"] = new PublishEventBehavior(),
        ["Elsa.Delay"] = new DelayBehavior(),
        ["Elsa.StartAt"] = new StartAtBehavior(),
        ["Elsa.Timer"] = new TimerBehavior(),
        ["Elsa.Cron"] = new CronBehavior(),
        ["Elsa.RunTask"] = new RunTaskBehavior(),
        ["Elsa.DispatchWorkflow"] = new ChildBehavior(true),
        ["Elsa.ExecuteWorkflow"] = new ChildBehavior(false),
        ["Elsa.BulkDispatchWorkflows"] = new BulkChildBehavior(),
        ["Elsa.HttpEndpoint"] = new HttpEndpointBehavior(),
        ["Elsa.SendHttpRequest"] = new HttpRequestBehavior(false),
        ["Elsa.FlowSendHttpRequest"] = new HttpRequestBehavior(true),
        ["Elsa.WriteHttpResponse"] = new HttpResponseBehavior(),
        ["Ecosystem.HumanTask"] = new HumanTaskBehavior(),
        ["Ecosystem.Approval"] = new ApprovalBehavior(),
        ["Ecosystem.WaitForEvent"] = new WaitForEventBehavior(),
        ["Ecosystem.WaitUntil"] = new WaitUntilBehavior(),
        ["Ecosystem.SetStage"] = new SetStageBehavior(),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The types the interpreter knows itself.</summary>
    internal static IEnumerable<string> Types => ByType.Keys;

    internal static bool Knows(string type) => ByType.ContainsKey(type);

    internal static ActivityBehavior For(ActivityNode node, IProcessHost host)
    {
        if (ByType.TryGetValue(node.Type, out var behavior))
        {
            return behavior;
        }

        if (host.IsStep(node.Type))
        {
            return Step;
        }

        return DefinitionBehavior.PlanOf(node, host) is null && node.Json.Text("workflowDefinitionId") is null ? Unknown : Definition;
    }
}
