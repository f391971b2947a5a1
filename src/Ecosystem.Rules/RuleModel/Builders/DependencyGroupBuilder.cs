namespace Ecosystem.Rules.RuleModel.Builders;

/// <summary>Builds the dependencies of a rule.</summary>
public class DependencyGroupBuilder : RuleElementBuilder, IBuilder<DependencyGroupElement>
{
    private readonly List<DependencyElement> _dependencies = [];

    /// <summary>Adds a dependency.</summary>
    /// <param name="type">Type of the service.</param>
    /// <param name="name">Name of the variable it is bound to.</param>
    /// <returns>Variable the service is bound to.</returns>
    public Declaration Dependency(Type type, string name)
    {
        var element = Element.Dependency(type, name);
        _dependencies.Add(element);
        return element.Declaration;
    }

    /// <summary>Adds a dependency.</summary>
    /// <param name="element">The dependency.</param>
    public void Dependency(DependencyElement element) => _dependencies.Add(element);

    /// <summary>Makes the group of dependencies.</summary>
    /// <returns>The group.</returns>
    public DependencyGroupElement Build() => Element.DependencyGroup(_dependencies);

    internal override RuleElement BuildElement() => Build();
}
