using System.Globalization;
using System.Text.Json;
using Ecosystem.Workflows.Decisions;

namespace Ecosystem.Workflows.Tests.Incentives;

/// <summary>An incentive plan of ten per cent, held thirty days; without a tax form it waits for one. A payee like an entry of the sanctions list is to be compared.</summary>
internal sealed class FakePlan : IRulesets
{
    public RulesetAnswer Evaluate(string name, DateOnly asOf, IReadOnlyDictionary<string, object?> inputs)
    {
        if (name == "onboarding-screening")
        {
            var alike = (decimal)inputs["sanctionsScore"]! >= 0.75m;
            return new RulesetAnswer(
                name,
                "1.0.0",
                new Dictionary<string, object?>
                {
                    ["outcome"] = alike ? "review" : "approve", ["risk"] = "high", ["reviewRole"] = "compliance", ["taxForm"] = "VAT-ID", ["rescreenDays"] = 30m,
                    ["gates"] = alike ? new List<object?> { new Dictionary<string, object?> { ["gate"] = "screening", ["status"] = "review", ["owner"] = "compliance", ["reason"] = "alike" } } : [],
                },
                "{}",
                ["alike"]);
        }

        var amount = Convert.ToDecimal(inputs["amount"], CultureInfo.InvariantCulture);
        return new RulesetAnswer(
            name,
            "1.0.0",
            new Dictionary<string, object?>
            {
                ["rate"] = 10m, ["earned"] = amount / 10m, ["holdDays"] = 30m, ["holdReason"] = inputs["taxFormOnFile"] is true ? "refund-window" : "tax-form",
                ["clawbackDays"] = 90m, ["arithmetic"] = $"{amount} × 10 % (paid in period {inputs["paidInPeriod"]})",
            },
            "{}",
            ["ten per cent"]);
    }

    public RulesetAnswer EvaluateVersion(string name, string version, JsonElement inputs) => throw new NotSupportedException();
}
