using Ecosystem.Workflows.Partners.Matching;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Deals;

/// <summary>Finds the known customer that a registration means.</summary>
internal static class CustomerAccounts
{
    /// <summary>
    /// Completes a customer with the key and the parent of the account that has its domain, or its name in the same country. A customer
    /// that names an account itself, or fits several, stays as it is.
    /// </summary>
    public static async Task<CustomerDetails> RecognizeAsync(EcosystemDbContext db, CustomerDetails customer, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrWhiteSpace(customer.AccountKey))
        {
            return customer;
        }

        var identity = CompanyIdentity.From(customer.LegalName, customer.Domain, customer.Country);
        var found = await db.Set<CustomerAccount>().AsNoTracking()
            .Where(account => (identity.Domain != null && account.Domain == identity.Domain)
                || (account.NameKey == identity.NameKey && identity.NameKey != "" && (account.Country == null || identity.Country == null || account.Country == identity.Country)))
            .OrderBy(account => account.AccountKey).Take(3).ToListAsync(cancellationToken);
        if (found.Count > 1)
        {
            found = [.. found.Where(account => account.Domain == identity.Domain && identity.Domain is not null)];
        }

        return found is [var known] ? customer with { AccountKey = known.AccountKey, Parent = customer.Parent ?? known.Parent } : customer;
    }
}
