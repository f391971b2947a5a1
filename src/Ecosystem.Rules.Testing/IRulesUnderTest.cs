using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Testing;

internal interface IRulesUnderTest
{
    IRuleDefinition GetSingle();

    IRuleDefinition Get(Type ruleType);

    IRuleDefinition Get(string ruleName);
}
