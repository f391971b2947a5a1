namespace Ecosystem.Rules;

/// <summary>What a batch operation does if it cannot be applied to some of its facts.</summary>
public enum BatchOptions
{
    /// <summary>Nothing is applied.</summary>
    AllOrNothing = 0,

    /// <summary>Those facts are skipped; the operation is applied to the others.</summary>
    SkipFailed = 1,
}
