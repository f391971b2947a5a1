namespace Ecosystem.Temporal.Executions;

/// <summary>What a worker hands back to say which task it answers. In bytes it has the server's form, so that a token from elsewhere is read, too.</summary>
/// <param name="NamespaceId">The id, not the name, of its namespace.</param>
/// <param name="WorkflowId">Empty if it is an activity's that has no workflow.</param>
/// <param name="RunId">The run of the workflow, or of the activity without one.</param>
/// <param name="ScheduledEventId">The event that scheduled the task; 0 for a query's.</param>
/// <param name="StartedEventId">The event that started the task, as far as there is one.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Stamp">Changes when an attempt is given out anew although its number stays.</param>
/// <param name="QueryId">The query that the task brought; empty otherwise.</param>
/// <param name="ActivityId">Which activity without a workflow it is.</param>
internal sealed record TaskToken(
    string NamespaceId,
    string WorkflowId,
    string RunId,
    long ScheduledEventId,
    long StartedEventId,
    int Attempt,
    int Stamp,
    string QueryId,
    string ActivityId = "")
{
    private const int NamespaceField = 1;
    private const int WorkflowField = 2;
    private const int RunField = 3;
    private const int ScheduledField = 4;
    private const int AttemptField = 5;
    private const int ActivityField = 6;
    private const int StartedField = 10;

    /// <summary>Fields from here on are this service's own.</summary>
    private const int StampField = 101;

    private const int QueryField = 102;

    /// <summary>True if it is an activity's that has no workflow.</summary>
    public bool IsStandalone => WorkflowId.Length == 0;

    public ByteString ToByteString()
    {
        using var stream = new MemoryStream(128);
        using (var output = new CodedOutputStream(stream, 128, leaveOpen: true))
        {
            Write(output, NamespaceField, NamespaceId);
            Write(output, WorkflowField, WorkflowId);
            Write(output, RunField, RunId);
            Write(output, ScheduledField, ScheduledEventId);
            Write(output, AttemptField, Attempt);
            Write(output, ActivityField, ActivityId);
            Write(output, StartedField, StartedEventId);
            Write(output, StampField, Stamp);
            Write(output, QueryField, QueryId);
        }

        return UnsafeByteOperations.UnsafeWrap(stream.ToArray());
    }

    /// <exception cref="RpcException">INVALID_ARGUMENT if it is empty or is no token.</exception>
    public static TaskToken Parse(ByteString token)
    {
        if (token.IsEmpty)
        {
            throw RpcErrors.InvalidArgument("Task token not set on request.");
        }

        var (ns, workflow, run, activity, query) = ("", "", "", "", "");
        var (scheduled, started, attempt, stamp) = (0L, 0L, 0, 0);
        try
        {
            var input = token.CreateCodedInput();
            for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
            {
                switch ((WireFormat.GetTagFieldNumber(tag), WireFormat.GetTagWireType(tag)))
                {
                    case (NamespaceField, WireFormat.WireType.LengthDelimited):
                        ns = input.ReadString();
                        break;
                    case (WorkflowField, WireFormat.WireType.LengthDelimited):
                        workflow = input.ReadString();
                        break;
                    case (RunField, WireFormat.WireType.LengthDelimited):
                        run = input.ReadString();
                        break;
                    case (ScheduledField, WireFormat.WireType.Varint):
                        scheduled = input.ReadInt64();
                        break;
                    case (AttemptField, WireFormat.WireType.Varint):
                        attempt = input.ReadInt32();
                        break;
                    case (ActivityField, WireFormat.WireType.LengthDelimited):
                        activity = input.ReadString();
                        break;
                    case (StartedField, WireFormat.WireType.Varint):
                        started = input.ReadInt64();
                        break;
                    case (StampField, WireFormat.WireType.Varint):
                        stamp = input.ReadInt32();
                        break;
                    case (QueryField, WireFormat.WireType.LengthDelimited):
                        query = input.ReadString();
                        break;
                    default:
                        input.SkipLastField();
                        break;
                }
            }
        }
        catch (InvalidProtocolBufferException)
        {
            throw RpcErrors.InvalidArgument("Error deserializing task token.");
        }

        return new TaskToken(ns, workflow, run, scheduled, started, attempt, stamp, query, activity);
    }

    private static void Write(CodedOutputStream output, int field, string value)
    {
        if (value.Length > 0)
        {
            output.WriteTag(field, WireFormat.WireType.LengthDelimited);
            output.WriteString(value);
        }
    }

    private static void Write(CodedOutputStream output, int field, long value)
    {
        if (value != 0)
        {
            output.WriteTag(field, WireFormat.WireType.Varint);
            output.WriteInt64(value);
        }
    }
}
