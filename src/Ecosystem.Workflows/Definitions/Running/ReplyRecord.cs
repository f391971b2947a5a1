using System.Text.Json.Nodes;

namespace Ecosystem.Workflows.Definitions;

/// <summary>A reply as histories keep it.</summary>
internal sealed record ReplyRecord
{
    public long Request { get; init; }

    public string? Outcome { get; init; }

    public JsonObject? Output { get; init; }

    public string? Error { get; init; }

    public string? By { get; init; }

    public string? Note { get; init; }

    public bool TimedOut { get; init; }

    internal static ReplyRecord Of(long request, EngineReply reply) => new()
    {
        Request = request,
        Outcome = reply.Outcome,
        Output = reply.Output.Count == 0 ? null : Values.ToJsonObject(reply.Output),
        Error = reply.Error,
        By = reply.By,
        Note = reply.Note,
        TimedOut = reply.TimedOut,
    };

    internal EngineReply ToReply() => new()
    {
        Outcome = Outcome,
        Output = Values.FromJson(Output) as Dictionary<string, object?> ?? [],
        Error = Error,
        By = By,
        Note = Note,
        TimedOut = TimedOut,
    };
}
