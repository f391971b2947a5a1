namespace Ecosystem.Rules.RuleModel;

/// <summary>Group of patterns and nested groups.</summary>
public abstract class GroupElement : RuleLeftElement
{
    private readonly RuleElement[] _childElements;

    internal GroupElement(IEnumerable<RuleElement> childElements)
    {
        _childElements = [.. childElements];
        AddExports(_childElements.SelectMany(c => c.Exports));
        AddImports(_childElements.SelectMany(c => c.Imports).Where(d => !Exports.Contains(d)));
    }

    /// <summary>Elements of the group, in order.</summary>
    public IReadOnlyList<RuleElement> ChildElements => _childElements;
}
