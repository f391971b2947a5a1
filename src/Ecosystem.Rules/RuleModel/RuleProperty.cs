namespace Ecosystem.Rules.RuleModel;

/// <summary>Named property of a rule.</summary>
public class RuleProperty
{
    /// <summary>Creates a property.</summary>
    /// <param name="name">Name.</param>
    /// <param name="value">Value.</param>
    public RuleProperty(string name, object value)
    {
        Name = name ?? throw new ArgumentNullException(nameof(name));
        Value = value;
    }

    /// <summary>Name of the property.</summary>
    public string Name { get; }

    /// <summary>Value of the property.</summary>
    public object Value { get; }
}
