namespace Ecosystem.Workflows.Definitions;

/// <summary>Tells the designer how to show one input of a step. Without it the property's name and type decide.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class StepInputAttribute : Attribute
{
    /// <summary>The label; by default the property's name in words.</summary>
    public string? DisplayName { get; init; }

    /// <summary>What the input means, its unit and what is a good value.</summary>
    public string Description { get; init; } = "";

    /// <summary>Elsa's editor hint: <c>singleline</c>, <c>multiline</c>, <c>dropdown</c>, <c>checkbox</c>, <c>code-editor</c>, …; by default by type.</summary>
    public string? UIHint { get; init; }

    /// <summary>The heading under which the designer groups the input.</summary>
    public string? Category { get; init; }

    /// <summary>Fixed choices of a drop-down.</summary>
    public string[]? Options { get; init; }

    /// <summary>Names a live list that fills a drop-down: <c>rulesets</c>, <c>roles</c>, <c>templates</c>, <c>calendars</c>, <c>definitions</c>.</summary>
    public string? OptionsFrom { get; init; }

    /// <summary>The expression language the editor starts with; <c>Literal</c> when null.</summary>
    public string? DefaultSyntax { get; init; }
}
