namespace Ecosystem.Workflows;

/// <summary>What a fact, a decision or an audit entry is about.</summary>
/// <param name="Kind">The kind in lower case, for example <c>deal</c>.</param>
/// <param name="Id">The id of the thing.</param>
public readonly record struct Subject(string Kind, string Id)
{
    /// <summary>A partner.</summary>
    /// <param name="id">Which.</param>
    public static implicit operator Subject(PartnerId id) => new("partner", id.Value);

    /// <summary>A deal.</summary>
    /// <param name="id">Which.</param>
    public static implicit operator Subject(DealId id) => new("deal", id.Value);

    /// <summary>A conflict.</summary>
    /// <param name="id">Which.</param>
    public static implicit operator Subject(ConflictId id) => new("conflict", id.Value);

    /// <summary>A case.</summary>
    /// <param name="id">Which.</param>
    public static implicit operator Subject(CaseId id) => new("case", id.Value);

    /// <summary>A human task.</summary>
    /// <param name="id">Which.</param>
    public static implicit operator Subject(TaskId id) => new("task", id.Value);

    /// <inheritdoc/>
    public override string ToString() => $"{Kind}/{Id}";
}
