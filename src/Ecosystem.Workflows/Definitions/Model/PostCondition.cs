namespace Ecosystem.Workflows.Definitions;

/// <summary>What must hold when a process ends: <c>customProperties.postCondition</c> of its definition.</summary>
/// <param name="Expression">The condition, over the definition's variables, inputs and outputs.</param>
/// <param name="Text">The condition in words; the expression when it has none.</param>
internal sealed record PostCondition(DefinitionExpression Expression, string Text);
