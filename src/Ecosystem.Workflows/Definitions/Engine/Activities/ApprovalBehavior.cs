namespace Ecosystem.Workflows.Definitions;

/// <summary>
/// Has people approve: as many as the quorum says, each a different person, side by side or one after the other; in distinct roles
/// where wanted. The first who rejects ends it. Outcomes <c>Approved</c>, <c>Rejected</c>, any other outcome a person may choose, and <c>Timeout</c>.
/// </summary>
internal sealed class ApprovalBehavior : HumanTaskBehavior
{
    internal override void Execute(ProcessEngine engine, ActivityInstance instance)
    {
        var data = Describe(engine, instance, ["Approve", "Reject"]);
        var roles = (List<object?>)data["roles"]!;
        var distinct = engine.FlagInput(instance, "distinctRoles");
        var quorum = Math.Max((int)engine.NumberInput(instance, "quorum", distinct ? Math.Max(1, roles.Count) : 1), ByAmount(engine, instance));
        if (quorum < 1 || (distinct && quorum > roles.Count))
        {
            throw new EngineFault($"The quorum of '{instance.Node.Title}' is {quorum}; it must be at least 1{(distinct ? $" and at most the number of roles, {roles.Count}" : "")}.");
        }

        instance.State["quorum"] = (decimal)quorum;
        instance.State["task"] = data;
        instance.State["until"] = Timeout(engine, instance) is { } until ? Values.Text(until) : null;
        instance.State["by"] = new List<object?>();
        instance.State["roles"] = distinct ? roles.Select(role => (object?)new List<object?> { role }).ToList() : Enumerable.Repeat((object?)roles, quorum).ToList();
        var sequence = string.Equals(engine.TextInput(instance, "order"), "sequence", StringComparison.OrdinalIgnoreCase);
        instance.State["sequence"] = sequence;
        var first = sequence ? 1 : distinct ? roles.Count : quorum;
        for (var i = 0; i < first; i++)
        {
            Open(engine, instance);
        }
    }

    internal override void Resumed(ProcessEngine engine, ActivityInstance instance, EngineRequest request, EngineReply reply)
    {
        if (reply.TimedOut)
        {
            engine.Complete(instance, "Timeout");
            return;
        }

        var by = (List<object?>)instance.State["by"]!;
        by.Add(reply.By);
        engine.SetOutput(instance, "data", reply.Output);
        engine.SetOutput(instance, "comment", reply.Note);
        engine.SetOutput(instance, "approvers", Values.Copy(by));
        if (reply.Outcome is not ("Approve" or "Approved"))
        {
            End(engine, instance, reply.Outcome is null or "Reject" ? "Rejected" : reply.Outcome, reply);
        }
        else if (by.Count >= instance.Counter("quorum"))
        {
            End(engine, instance, "Approved", reply);
        }
        else
        {
            engine.Record(instance, "Approved", $"{by.Count} of {instance.Counter("quorum")}", reply.Note, reply.By);
            if (instance.State["sequence"] is true)
            {
                Open(engine, instance);
            }
        }
    }

    // "thresholds": [{"above": 100000, "quorum": 2}, …] beside "amount": more is decided by more people.
    private static int ByAmount(ProcessEngine engine, ActivityInstance instance)
    {
        var amount = Values.ToNumber(engine.Input(instance, "amount"));
        return amount is null ? 0 : engine.ListInput(instance, "thresholds").OfType<Dictionary<string, object?>>()
            .Where(threshold => amount > Values.ToNumber(threshold.GetValueOrDefault("above")))
            .Select(threshold => (int)(Values.ToNumber(threshold.GetValueOrDefault("quorum")) ?? 0))
            .DefaultIfEmpty(0)
            .Max();
    }

    private static void End(ProcessEngine engine, ActivityInstance instance, string outcome, EngineReply reply)
    {
        engine.SetOutput(instance, "outcome", outcome);
        engine.SetOutput(instance, "completedBy", reply.By);
        engine.Complete(instance, [outcome], reply.Note, reply.By);
    }

    private static void Open(ProcessEngine engine, ActivityInstance instance)
    {
        var data = new Dictionary<string, object?>((Dictionary<string, object?>)instance.State["task"]!);
        var number = (int)instance.Counter("opened");
        instance.State["opened"] = (decimal)(number + 1);
        data["roles"] = ((List<object?>)instance.State["roles"]!)[number];
        data["excluded"] = ((List<object?>)data["excluded"]!).Concat((List<object?>)instance.State["by"]!).ToList();
        data["number"] = (decimal)(number + 1);
        data["group"] = (decimal)instance.Id;
        var until = instance.State["until"] is string text ? DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : (DateTimeOffset?)null;
        engine.Ask(instance, RequestKind.Task, (string)data["type"]!, data, until);
    }
}
