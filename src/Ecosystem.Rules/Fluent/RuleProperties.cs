namespace Ecosystem.Rules.Fluent;

/// <summary>Names of the properties that rules written in C# have.</summary>
public static class RuleProperties
{
    /// <summary>Property that holds the type of the rule class.</summary>
    public const string ClrType = "Fluent::ClrType";
}
