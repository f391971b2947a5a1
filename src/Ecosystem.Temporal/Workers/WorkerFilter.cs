using Ecosystem.Temporal.Visibility.Filters;
using Temporalio.Api.Worker.V1;

namespace Ecosystem.Temporal.Workers;

/// <summary>A list filter over workers' heartbeats, evaluated in memory.</summary>
internal sealed class WorkerFilter
{
    private static readonly Dictionary<string, Func<WorkerHeartbeat, string>> Texts = new(StringComparer.Ordinal)
    {
        ["WorkerInstanceKey"] = worker => worker.WorkerInstanceKey,
        ["WorkerIdentity"] = worker => worker.WorkerIdentity,
        ["HostName"] = worker => worker.HostInfo?.HostName ?? "",
        ["TaskQueue"] = worker => worker.TaskQueue,
        ["DeploymentName"] = worker => worker.DeploymentVersion?.DeploymentName ?? "",
        ["BuildId"] = worker => worker.DeploymentVersion?.BuildId ?? "",
        ["SdkName"] = worker => worker.SdkName,
        ["SdkVersion"] = worker => worker.SdkVersion,
        ["Status"] = worker => worker.Status.ToString(),
        ["WorkerStatus"] = worker => worker.Status.ToString(),
    };

    private static readonly Dictionary<string, Func<WorkerHeartbeat, Timestamp?>> Times = new(StringComparer.Ordinal)
    {
        ["StartTime"] = worker => worker.StartTime,
        ["HeartbeatTime"] = worker => worker.HeartbeatTime,
        ["LastHeartbeatTime"] = worker => worker.HeartbeatTime,
    };

    private readonly FilterSyntax? _where;

    private WorkerFilter(FilterSyntax? where) => _where = where;

    /// <exception cref="RpcException">INVALID_ARGUMENT if it is no expression.</exception>
    public static WorkerFilter Parse(string filter)
    {
        try
        {
            return new WorkerFilter(filter.Length == 0 ? null : FilterParser.Parse(filter).Where);
        }
        catch (VisibilityQueryException e)
        {
            throw RpcErrors.InvalidArgument(e.Message.Replace("invalid query: malformed SQL query: ", "malformed query: ", StringComparison.Ordinal));
        }
    }

    /// <exception cref="RpcException">INVALID_ARGUMENT if it names what workers don't have, or asks for what can't be compared.</exception>
    public bool Matches(WorkerHeartbeat worker) => _where is null || Matches(_where, worker);

    private static bool Matches(FilterSyntax syntax, WorkerHeartbeat worker) => syntax switch
    {
        ParenthesisSyntax parenthesis => Matches(parenthesis.Inner, worker),
        NotSyntax not => !Matches(not.Operand, worker),
        AndSyntax and => Matches(and.Left, worker) && Matches(and.Right, worker),
        OrSyntax or => Matches(or.Left, worker) || Matches(or.Right, worker),
        ComparisonSyntax { Left: ColumnSyntax column } comparison when Texts.TryGetValue(column.Name, out var text) => Compare(text(worker), comparison),
        ComparisonSyntax { Left: ColumnSyntax column } comparison when Times.TryGetValue(column.Name, out var time) => Compare(time(worker), comparison),
        BetweenSyntax { Left: ColumnSyntax column } between when Times.TryGetValue(column.Name, out var time) => Between(time(worker), between),
        ComparisonSyntax { Left: ColumnSyntax column } => throw Unknown(column.Name),
        BetweenSyntax { Left: ColumnSyntax column } => throw Unknown(column.Name),
        _ => throw RpcErrors.InvalidArgument($"unsupported expression: {syntax.Kind}"),
    };

    private static bool Compare(string value, ComparisonSyntax comparison) => comparison.Operator.ToUpperInvariant() switch
    {
        "=" => value == Text(comparison.Right),
        "!=" => value != Text(comparison.Right),
        "STARTS_WITH" => value.StartsWith(Text(comparison.Right), StringComparison.Ordinal),
        "NOT STARTS_WITH" => !value.StartsWith(Text(comparison.Right), StringComparison.Ordinal),
        "IN" when comparison.Right is TupleSyntax tuple => tuple.Items.Any(item => value == Text(item)),
        "NOT IN" when comparison.Right is TupleSyntax tuple => !tuple.Items.Any(item => value == Text(item)),
        _ => throw Unsupported(comparison.Operator),
    };

    private static bool Compare(Timestamp? value, ComparisonSyntax comparison)
    {
        var order = (value?.ToDateTimeOffset() ?? DateTimeOffset.UnixEpoch).CompareTo(Time(comparison.Right));
        return comparison.Operator switch
        {
            "=" => order == 0,
            "!=" => order != 0,
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            ">=" => order >= 0,
            _ => throw Unsupported(comparison.Operator),
        };
    }

    private static bool Between(Timestamp? value, BetweenSyntax between)
    {
        var time = value?.ToDateTimeOffset() ?? DateTimeOffset.UnixEpoch;
        return (time >= Time(between.From) && time <= Time(between.To)) != between.Negated;
    }

    private static string Text(FilterSyntax syntax) => syntax is LiteralSyntax literal
        ? literal.Text
        : throw RpcErrors.InvalidArgument($"unsupported value: {syntax.Kind}");

    private static DateTimeOffset Time(FilterSyntax syntax) =>
        DateTimeOffset.TryParse(Text(syntax), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw RpcErrors.InvalidArgument($"unable to parse datetime '{Text(syntax)}'");

    private static RpcException Unknown(string name) => RpcErrors.InvalidArgument($"unknown or unsupported worker heartbeat search field: {name}");

    private static RpcException Unsupported(string name) => RpcErrors.InvalidArgument($"operation is not supported: {name}");
}
