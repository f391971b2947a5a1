namespace Ecosystem.Rules.RuleModel;

internal sealed class RuleDefinition(
    string name,
    string description,
    int priority,
    RuleRepeatability repeatability,
    IEnumerable<string> tags,
    IEnumerable<RuleProperty> properties,
    DependencyGroupElement dependencies,
    GroupElement leftHandSide,
    FilterGroupElement filters,
    ActionGroupElement rightHandSide,
    PriorityElement? priorityExpression) : IRuleDefinition
{
    private readonly string[] _tags = [.. tags.Distinct()];

    public string Name { get; } = name;
    public string Description { get; } = description;
    public int Priority { get; } = priority;
    public RuleRepeatability Repeatability { get; } = repeatability;
    public IReadOnlyList<string> Tags => _tags;
    public PropertyMap Properties { get; } = new(properties);
    public DependencyGroupElement DependencyGroup { get; } = dependencies;
    public GroupElement LeftHandSide { get; } = leftHandSide;
    public FilterGroupElement FilterGroup { get; } = filters;
    public ActionGroupElement RightHandSide { get; } = rightHandSide;
    public PriorityElement? PriorityExpression { get; } = priorityExpression;

    public override string ToString() => Name;
}
