namespace Ecosystem.Temporal.Visibility;

/// <summary>A search attribute as filters and rows see it.</summary>
/// <param name="Name">The name users write.</param>
/// <param name="Field">The name of the field that stores it; the same as <paramref name="Name"/> but for custom attributes.</param>
/// <param name="Type">Its type.</param>
internal sealed record SearchAttributeColumn(string Name, string Field, IndexedValueType Type)
{
    /// <summary>The type as messages and payload metadata spell it: <c>Keyword</c>, <c>KeywordList</c>, <c>Int</c>…</summary>
    public string TypeName => Type.ToString();
}
