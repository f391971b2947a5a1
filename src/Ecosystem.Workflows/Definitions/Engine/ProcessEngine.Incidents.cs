namespace Ecosystem.Workflows.Definitions;

/// <content>What becomes of a step that fails.</content>
internal sealed partial class ProcessEngine
{
    private static readonly string[] FaultOutcomes = ["Fault", "Faulted"];
    private bool failedForGood;

    /// <summary>
    /// Takes a failure of an instance: a fault outcome that is connected is followed; otherwise the step becomes an incident, which
    /// waits for somebody to decide or, where incidents are not held, faults the process.
    /// </summary>
    internal void Fail(ActivityInstance instance, string message)
    {
        if (instance.Status != InstanceStatus.Running)
        {
            return;
        }

        Withdraw(instance);
        Filter(item => item.Owner != instance && !item.Owner.IsInside(instance));
        foreach (var child in instance.Children.ToList())
        {
            CancelInstance(child);
        }

        var node = instance.Node;
        if (Caught(instance) is { } outcome)
        {
            SetOutput(instance, "error", message);
            Complete(instance, [outcome], message);
            return;
        }

        Incidents.Add(new Incident(instance.Id, node.Id, node.Title, node.Type, message, Host.Now));
        Record(instance, "Faulted", null, message);
        if (options.HoldIncidents)
        {
            Ask(instance, RequestKind.Incident, node.Id, new Dictionary<string, object?> { ["message"] = message, ["title"] = node.Title });
            return;
        }

        instance.Status = InstanceStatus.Faulted;
        if (instance.Parent is { } parent)
        {
            parent.HasFaultedChild = true;
        }

        if (!ContinuesWithIncidents(instance.Frame.Plan))
        {
            failedForGood = true;
        }
    }

    private static bool ContinuesWithIncidents(ProcessPlan plan) =>
        plan.Document.Json["options"] is System.Text.Json.Nodes.JsonObject settings
        && settings.Text("incidentStrategyType") is { } strategy
        && strategy.Contains("ContinueWithIncidents", StringComparison.OrdinalIgnoreCase);

    private static string? Caught(ActivityInstance instance) =>
        instance.Node.Parent is { } chart
            ? FaultOutcomes.FirstOrDefault(outcome => chart.Connections.Exists(connection => connection.Source == instance.Node && connection.Outcome == outcome))
            : null;

    private void Guard(ActivityInstance instance, Action action)
    {
        try
        {
            action();
        }
        catch (EngineFault fault)
        {
            Fail(instance, fault.Message);
        }
    }

    // Somebody decided what becomes of a failed step: the outcome names the decision.
    private void Settle(ActivityInstance instance, EngineReply reply)
    {
        switch (reply.Outcome)
        {
            case "Retry":
                Record(instance, "Retried", null, reply.Note, reply.By);
                Execute(instance);
                break;
            case "Cancel":
                Record(instance, "Canceled", null, reply.Note, reply.By);
                Cancel();
                break;
            case "Skip":
                Complete(instance, Done, reply.Note, reply.By, "Skipped");
                break;
            default:
                foreach (var pair in reply.Output)
                {
                    SetOutput(instance, pair.Key, pair.Value);
                }

                Complete(instance, [reply.Outcome ?? "Done"], reply.Note, reply.By);
                break;
        }
    }
}
