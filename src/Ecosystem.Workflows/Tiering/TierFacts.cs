namespace Ecosystem.Workflows.Tiering;

/// <summary>What a tier is judged by, as of a day: over this month and the five full months before it.</summary>
/// <param name="NetCustomerAdds">Customers won minus customers lost.</param>
/// <param name="IntermediateCertifications">People with a valid intermediate certificate.</param>
/// <param name="AdvancedCertifications">People with a valid advanced certificate.</param>
/// <param name="UsageGrowth">Growth of the credited amount against the six months before, in per cent; 0 without a base.</param>
/// <param name="Deployments">Deals won.</param>
public sealed record TierFacts(decimal NetCustomerAdds, int IntermediateCertifications, int AdvancedCertifications, decimal UsageGrowth, int Deployments)
{
    /// <summary>The first day of the window that ends on a day.</summary>
    /// <param name="asOf">The day.</param>
    /// <returns>The first of the month five months before.</returns>
    public static DateOnly WindowStart(DateOnly asOf) => new DateOnly(asOf.Year, asOf.Month, 1).AddMonths(-5);
}
