using System.Text.Json;
using System.Text.Json.Serialization;
using Temporalio.Api.Schedule.V1;

namespace Ecosystem.Temporal.Schedules;

/// <summary>A start that waits for its turn.</summary>
/// <param name="Nominal">The time that names it.</param>
/// <param name="Actual">The time at which it is due.</param>
/// <param name="Policy">What to do while an earlier one runs; unspecified for the schedule's own policy.</param>
/// <param name="Manual">Asked for by a trigger or a backfill: neither a pause nor a limit of actions holds it up.</param>
internal sealed record BufferedStart(DateTimeOffset Nominal, DateTimeOffset Actual, ScheduleOverlapPolicy Policy, bool Manual);

/// <summary>A range of past times to act on.</summary>
internal sealed record PendingBackfill(DateTimeOffset After, DateTimeOffset Until, ScheduleOverlapPolicy Policy);

/// <summary>Everything that is known of one schedule. Changed by <see cref="ScheduleMachine"/> alone; stored as one document.</summary>
internal sealed class ScheduleState
{
    private static readonly JsonSerializerOptions Json = new()
    {
        Converters =
        {
            new MessageConverter<Schedule>(),
            new MessageConverter<ScheduleInfo>(),
            new MessageConverter<Memo>(),
            new MessageConverter<SearchAttributes>(),
            new MessageConverter<Payloads>(),
            new MessageConverter<Failure>(),
        },
    };

    public required string Namespace { get; init; }

    public required string ScheduleId { get; init; }

    /// <summary>The schedule, its specification in canonical form.</summary>
    public required Schedule Schedule { get; set; }

    public required ScheduleInfo Info { get; init; }

    public Memo? Memo { get; set; }

    public SearchAttributes? SearchAttributes { get; set; }

    /// <summary>Raised by every change that a client might overwrite unseen.</summary>
    public long ConflictToken { get; set; } = 1;

    /// <summary>Request id of the creation.</summary>
    public string CreatedBy { get; init; } = "";

    /// <summary>Request ids of the latest changes, by which a repeat is recognised.</summary>
    public List<string> RequestIds { get; init; } = [];

    /// <summary>Times up to here have been acted on.</summary>
    public DateTimeOffset ProcessedUntil { get; set; }

    public List<BufferedStart> Buffer { get; init; } = [];

    /// <summary>Starts that were decided on and are not known to be carried out: after a crash they are carried out again, which starts nothing twice.</summary>
    public List<StartAction> Starting { get; init; } = [];

    public List<PendingBackfill> Backfills { get; init; } = [];

    /// <summary>Result of the last action that succeeded, which the next one is given.</summary>
    public Payloads? LastResult { get; set; }

    /// <summary>Failure of the last action, if it failed, which the next one is given.</summary>
    public Failure? LastFailure { get; set; }

    public byte[] Serialize() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    public static ScheduleState Deserialize(ReadOnlySpan<byte> document) => JsonSerializer.Deserialize<ScheduleState>(document, Json)!;

    private sealed class MessageConverter<T> : JsonConverter<T>
        where T : IMessage<T>, new()
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var message = new T();
            message.MergeFrom(reader.GetBytesFromBase64());
            return message;
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteBase64StringValue(value.ToByteArray());
    }
}
