namespace Ecosystem.Workflows.Definitions;

/// <summary>One input of an activity: the expression that gives its value, and the type it is wanted as.</summary>
/// <param name="Name">Camel-cased name.</param>
/// <param name="TypeName">The type Elsa gave it, for example <c>String</c>, <c>Boolean</c>, <c>TimeSpan</c>; null when it was written as a plain value.</param>
/// <param name="Expression">The expression.</param>
internal sealed record ActivityInput(string Name, string? TypeName, DefinitionExpression Expression);
