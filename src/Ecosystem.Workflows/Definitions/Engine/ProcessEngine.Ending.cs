namespace Ecosystem.Workflows.Definitions;

/// <content>How a process ends, and the condition that must hold when it does.</content>
internal sealed partial class ProcessEngine
{
    private const string EndCondition = "PostCondition";
    private List<string>? ending;

    private void End(IReadOnlyList<string> outcomes)
    {
        if (Status != ProcessStatus.Running)
        {
            return;
        }

        if (!failedForGood && Plan.PostCondition is { } condition && Unmet(condition) is { } message)
        {
            Incidents.Add(new Incident(Top.Id, Top.Node.Id, condition.Text, EndCondition, message, Host.Now));
            RecordEnding("Faulted", message, null);
            if (options.HoldIncidents)
            {
                ending = [.. outcomes];
                Ask(Top, RequestKind.Incident, Top.Node.Id, new Dictionary<string, object?> { ["message"] = message, ["title"] = "What must hold at the end" });
                return;
            }

            failedForGood = true;
        }

        Close(outcomes);
    }

    private void Close(IReadOnlyList<string> outcomes)
    {
        Status = failedForGood ? ProcessStatus.Faulted : ProcessStatus.Finished;
        Outcomes = outcomes;
        CancelRequests();
    }

    // Somebody decided what becomes of a process that has run but whose condition does not hold.
    private void SettleEnding(EngineReply reply)
    {
        var outcomes = ending!;
        ending = null;
        switch (reply.Outcome)
        {
            case "Retry":
                RecordEnding("Retried", reply.Note, reply.By);
                End(outcomes);
                break;
            case "Cancel":
                RecordEnding("Canceled", reply.Note, reply.By);
                Cancel();
                break;
            default:
                RecordEnding("Skipped", reply.Note, reply.By);
                Close(outcomes);
                break;
        }
    }

    private void RecordEnding(string status, string? note, string? by) =>
        Journal.Add(new JournalEntry(Top.Id, Top.Node.Id, Plan.PostCondition!.Text, EndCondition, status, null, Host.Now, note, by));

    private string? Unmet(PostCondition condition)
    {
        try
        {
            return Values.ToBool(Evaluate(Top, condition.Expression)) ? null : $"What must hold at the end does not: {condition.Text}";
        }
        catch (EngineFault fault)
        {
            return $"Whether what must hold at the end does ({condition.Text}) cannot be told: {fault.Message}";
        }
    }
}
