namespace Ecosystem.Workflows;

/// <summary>
/// An identifier of one kind of business thing: a readonly struct around a short text, so that a deal's id cannot be passed where a
/// partner's is wanted. Stored as text, written to JSON as text, bound from routes.
/// </summary>
/// <typeparam name="TSelf">The id type itself.</typeparam>
public interface IEntityId<TSelf>
    where TSelf : struct, IEntityId<TSelf>
{
    /// <summary>The text of the id; empty for a default value.</summary>
    string Value { get; }

    /// <summary>Makes an id from its text.</summary>
    /// <param name="value">1 to 100 visible ASCII characters.</param>
    /// <returns>The id.</returns>
    /// <exception cref="FormatException">The text is empty, too long or has characters outside visible ASCII.</exception>
    static abstract TSelf From(string value);
}
