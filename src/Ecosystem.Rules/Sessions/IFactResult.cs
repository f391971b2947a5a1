namespace Ecosystem.Rules;

/// <summary>Result of a batch operation.</summary>
public interface IFactResult
{
    /// <summary>Facts the operation could not be applied to.</summary>
    IReadOnlyCollection<object> Failed { get; }

    /// <summary>Number of facts the operation could not be applied to.</summary>
    int FailedCount => Failed.Count;
}
