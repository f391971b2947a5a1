namespace Ecosystem.Workflows.Definitions;

/// <summary>One answer of a headless run.</summary>
/// <param name="After">How long it takes.</param>
/// <param name="Reply">What it says.</param>
internal sealed record HeadlessAnswer(TimeSpan After, EngineReply Reply)
{
    internal static HeadlessAnswer Read(object? answer, EngineRequest request)
    {
        if (answer is not Dictionary<string, object?> map)
        {
            return new HeadlessAnswer(TimeSpan.Zero, request.Kind is RequestKind.Event
                ? new EngineReply { Output = new Dictionary<string, object?> { ["result"] = answer, ["name"] = request.Name } }
                : new EngineReply { Outcome = answer is null ? null : Values.ToText(answer), By = "tester" });
        }

        var data = map.GetValueOrDefault("data") ?? map.GetValueOrDefault("output") ?? map.GetValueOrDefault("result");
        var output = request.Kind switch
        {
            RequestKind.Event => new Dictionary<string, object?> { ["result"] = data, ["name"] = map.GetValueOrDefault("event") ?? request.Name },
            _ => data as Dictionary<string, object?> ?? (data is null ? [] : new Dictionary<string, object?> { ["result"] = data }),
        };
        return new HeadlessAnswer(
            Durations.Parse(map.GetValueOrDefault("after")) ?? TimeSpan.Zero,
            new EngineReply
            {
                Outcome = map.GetValueOrDefault("outcome") is { } outcome ? Values.ToText(outcome) : null,
                Output = output,
                Error = map.GetValueOrDefault("error") as string,
                By = map.GetValueOrDefault("by") as string ?? "tester",
                Note = map.GetValueOrDefault("comment") as string,
            });
    }
}
