using System.Collections.Frozen;

namespace Ecosystem.Temporal.Visibility;

/// <summary>
/// The search attributes that exist: those of the system, the predefined ones, and the fields that custom attributes are mapped to.
/// A namespace gives its custom attributes names; each takes one free field of its type.
/// </summary>
internal static class SearchAttributeCatalog
{
    /// <summary>The prefix of names that belong to the server.</summary>
    public const string ReservedPrefix = "Temporal";

    /// <summary>Attributes that the server writes from the execution itself.</summary>
    public static readonly FrozenDictionary<string, IndexedValueType> System = new Dictionary<string, IndexedValueType>
    {
        ["WorkflowId"] = IndexedValueType.Keyword,
        ["RunId"] = IndexedValueType.Keyword,
        ["WorkflowType"] = IndexedValueType.Keyword,
        ["StartTime"] = IndexedValueType.Datetime,
        ["ExecutionTime"] = IndexedValueType.Datetime,
        ["CloseTime"] = IndexedValueType.Datetime,
        ["ExecutionStatus"] = IndexedValueType.Keyword,
        ["TaskQueue"] = IndexedValueType.Keyword,
        ["HistoryLength"] = IndexedValueType.Int,
        ["HistorySizeBytes"] = IndexedValueType.Int,
        ["ExecutionDuration"] = IndexedValueType.Int,
        ["StateTransitionCount"] = IndexedValueType.Int,
        ["ParentWorkflowId"] = IndexedValueType.Keyword,
        ["ParentRunId"] = IndexedValueType.Keyword,
        ["RootWorkflowId"] = IndexedValueType.Keyword,
        ["RootRunId"] = IndexedValueType.Keyword,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Attributes that exist in every namespace and are set by features of the server or by SDKs.</summary>
    public static readonly FrozenDictionary<string, IndexedValueType> Predefined = new Dictionary<string, IndexedValueType>
    {
        ["BinaryChecksums"] = IndexedValueType.KeywordList,
        ["BuildIds"] = IndexedValueType.KeywordList,
        ["BatcherNamespace"] = IndexedValueType.Keyword,
        ["BatcherUser"] = IndexedValueType.Keyword,
        ["TemporalChangeVersion"] = IndexedValueType.KeywordList,
        ["TemporalNamespaceDivision"] = IndexedValueType.Keyword,
        ["TemporalPauseInfo"] = IndexedValueType.KeywordList,
        ["TemporalReportedProblems"] = IndexedValueType.KeywordList,
        ["TemporalScheduledById"] = IndexedValueType.Keyword,
        ["TemporalScheduledStartTime"] = IndexedValueType.Datetime,
        ["TemporalSchedulePaused"] = IndexedValueType.Bool,
        ["TemporalUsedWorkerDeploymentVersions"] = IndexedValueType.KeywordList,
        ["TemporalWorkerDeployment"] = IndexedValueType.Keyword,
        ["TemporalWorkerDeploymentVersion"] = IndexedValueType.Keyword,
        ["TemporalWorkflowVersioningBehavior"] = IndexedValueType.Keyword,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>How many custom attributes of each type a namespace may have.</summary>
    public static readonly FrozenDictionary<IndexedValueType, int> CustomLimits = new Dictionary<IndexedValueType, int>
    {
        [IndexedValueType.Bool] = 3,
        [IndexedValueType.Datetime] = 3,
        [IndexedValueType.Double] = 3,
        [IndexedValueType.Int] = 3,
        [IndexedValueType.Keyword] = 10,
        [IndexedValueType.Text] = 3,
        [IndexedValueType.KeywordList] = 3,
    }.ToFrozenDictionary();

    /// <summary>The fields that hold custom attributes: <c>Keyword01</c> to <c>Keyword10</c>, <c>Int01</c>…</summary>
    public static readonly FrozenDictionary<string, IndexedValueType> CustomFields = CustomLimits
        .SelectMany(limit => Enumerable.Range(1, limit.Value).Select(i => (Name: FieldName(limit.Key, i), Type: limit.Key)))
        .ToFrozenDictionary(field => field.Name, field => field.Type, StringComparer.Ordinal);

    /// <summary>Whether a name can not be taken by a custom attribute.</summary>
    public static bool IsReserved(string name) =>
        System.ContainsKey(name) || Predefined.ContainsKey(name) || name.StartsWith(ReservedPrefix, StringComparison.Ordinal);

    /// <summary>The name of the n-th field (from 1) of a type.</summary>
    public static string FieldName(IndexedValueType type, int number) => $"{type}{number:00}";
}
