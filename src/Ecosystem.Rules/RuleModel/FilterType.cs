namespace Ecosystem.Rules.RuleModel;

/// <summary>Kinds of agenda filters a rule can have.</summary>
public enum FilterType
{
    /// <summary>The match is put on the agenda only while the expression is true.</summary>
    Predicate = 0,

    /// <summary>An updated match is put on the agenda only if the value of the expression changed since the rule last fired on it.</summary>
    KeyChange = 1,
}
