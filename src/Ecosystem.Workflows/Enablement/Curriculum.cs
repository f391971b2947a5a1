using Ecosystem.Workflows.Partners;

namespace Ecosystem.Workflows.Enablement;

/// <summary>Which courses a kind of partner takes, and what they are good for.</summary>
public static class Curriculum
{
    /// <summary>The courses for a kind of partner, in the order in which they are best taken.</summary>
    /// <param name="type">The kind of partner.</param>
    /// <returns>Course and what the learner gets out of it.</returns>
    public static IReadOnlyList<(string Course, string Why)> For(PartnerType type) => type switch
    {
        PartnerType.Referral or PartnerType.Advisory => [Basics],
        PartnerType.Integrator => [Basics, Implementation],
        PartnerType.Technology => [Basics, ("integration-basics", "Listed solutions are credited when customers adopt them.")],
        _ => [Basics, ("sales-essentials", "Registered deals earn commission; this course shows how they get protected at the first attempt.")],
    };

    private static (string Course, string Why) Basics => ("programme-basics", "Knowing the rules of engagement is what approvals and payouts rest on.");

    private static (string Course, string Why) Implementation => ("implementation-essentials", "Implementation touchpoints earn a share of the deal.");
}
