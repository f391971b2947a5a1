namespace Ecosystem.Rules.RuleModel;

/// <summary>Place from which rules are compiled.</summary>
public interface IRuleRepository
{
    /// <summary>Lists the rule sets.</summary>
    /// <returns>Rule sets, in order.</returns>
    IEnumerable<IRuleSet> GetRuleSets();
}
