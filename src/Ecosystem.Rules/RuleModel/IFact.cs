namespace Ecosystem.Rules.RuleModel;

/// <summary>A fact as the engine knows it.</summary>
public interface IFact
{
    /// <summary>Type of the fact's value when it was inserted; <see cref="object"/> for a null value.</summary>
    Type Type { get; }

    /// <summary>The value: the object the user inserted, or the result of an aggregation or binding.</summary>
    object? Value { get; }

    /// <summary>Where the fact comes from; null for facts inserted through the session.</summary>
    IFactSource? Source { get; }
}
