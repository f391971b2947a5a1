namespace Ecosystem.Rules.Testing;

/// <summary>Expectations of what fires, in order.</summary>
public interface IRuleSequenceFiringVerification : IRulesFiringVerification<IRuleFiringVerification>
{
}
