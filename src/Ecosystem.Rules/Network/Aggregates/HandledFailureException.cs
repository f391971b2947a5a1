namespace Ecosystem.Rules.Network.Aggregates;

/// <summary>Leaves a custom aggregator in which an expression threw, after a handler took care of the error.</summary>
internal sealed class HandledFailureException : Exception;
