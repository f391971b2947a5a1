namespace Ecosystem.Temporal.Visibility;

/// <summary>Types of search attributes, and payloads that carry them.</summary>
internal static class SearchAttributeTypes
{
    /// <summary>Attributes with each value's type in its metadata, as the server stores them; null stays null.</summary>
    public static SearchAttributes? WithTypes(NamespaceRecord ns, SearchAttributes? attributes)
    {
        if (attributes is null)
        {
            return null;
        }

        var typed = new SearchAttributes();
        foreach (var (name, value) in attributes.IndexedFields)
        {
            var copy = value.Clone();
            if (TypeOf(ns, name) is { } type)
            {
                copy.Metadata["type"] = ByteString.CopyFromUtf8(type.ToString());
            }

            typed.IndexedFields[name] = copy;
        }

        return typed;
    }

    /// <summary>The type of a search attribute that users may set, or null.</summary>
    public static IndexedValueType? TypeOf(NamespaceRecord ns, string name) =>
        ns.SearchAttributes.TryGetValue(name, out var custom) ? custom : Predefined.GetValueOrDefault(name) is var known and not 0 ? known : null;

    /// <summary>What is wrong with attributes that a user sets, or null.</summary>
    public static string? Problem(NamespaceRecord ns, SearchAttributes? attributes)
    {
        foreach (var (name, value) in attributes?.IndexedFields ?? [])
        {
            if (System.Contains(name))
            {
                return $"{name} attribute can't be set in SearchAttributes";
            }

            if (TypeOf(ns, name) is not { } type)
            {
                return $"Namespace {ns.Name} has no mapping defined for search attribute {name}";
            }

            if (!SearchAttributeValue.TryRead(value, type, out _))
            {
                return type == IndexedValueType.Int || type == IndexedValueType.Double
                    ? $"invalid value for search attribute {name} of type {type}: not a number"
                    : $"invalid value for search attribute {name} of type {type}: {value.Data.ToStringUtf8()}";
            }
        }

        return null;
    }

    /// <summary>Attributes of the service itself that users may set.</summary>
    public static IReadOnlyDictionary<string, IndexedValueType> Predefined { get; } = new Dictionary<string, IndexedValueType>
    {
        ["TemporalChangeVersion"] = IndexedValueType.KeywordList,
        ["BinaryChecksums"] = IndexedValueType.KeywordList,
        ["BuildIds"] = IndexedValueType.KeywordList,
        ["BatcherNamespace"] = IndexedValueType.Keyword,
        ["BatcherUser"] = IndexedValueType.Keyword,
        ["TemporalScheduledStartTime"] = IndexedValueType.Datetime,
        ["TemporalScheduledById"] = IndexedValueType.Keyword,
        ["TemporalSchedulePaused"] = IndexedValueType.Bool,
        ["TemporalNamespaceDivision"] = IndexedValueType.Keyword,
        ["TemporalPauseInfo"] = IndexedValueType.KeywordList,
        ["TemporalReportedProblems"] = IndexedValueType.KeywordList,
        ["TemporalWorkerDeploymentVersion"] = IndexedValueType.Keyword,
        ["TemporalWorkflowVersioningBehavior"] = IndexedValueType.Keyword,
        ["TemporalWorkerDeployment"] = IndexedValueType.Keyword,
    };

    /// <summary>Attributes that every run has and nobody sets.</summary>
    public static IReadOnlySet<string> System { get; } = new HashSet<string>
    {
        "WorkflowId", "RunId", "WorkflowType", "StartTime", "ExecutionTime", "CloseTime", "ExecutionStatus", "TaskQueue", "HistoryLength",
        "HistorySizeBytes", "ExecutionDuration", "StateTransitionCount", "ParentWorkflowId", "ParentRunId", "RootWorkflowId", "RootRunId",
    };
}
