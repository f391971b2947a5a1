namespace Ecosystem.Rules.Testing;

/// <summary>Expectations of how often rules fire.</summary>
public interface IRulesFiringVerification : IRulesFiringVerification<IQualifiedRuleFiringVerification>
{
}
