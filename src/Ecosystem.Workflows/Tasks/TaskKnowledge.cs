using System.Text.Json.Nodes;
using Ecosystem.Workflows.Partners;
using Ecosystem.Workflows.Storage;
using Ecosystem.Workflows.Tasks.Forms;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Tasks;

/// <summary>What is known of a form's fields before anybody fills them in, so that nobody is asked for it: the task's context, and of a partner's own task the partner.</summary>
internal static class TaskKnowledge
{
    internal static async Task<JsonObject> OfAsync(EcosystemDbContext db, HumanTask task, CancellationToken cancellationToken)
    {
        var known = new JsonObject();
        if (JsonForm.Parse(task.FormJson) is not { } form)
        {
            return known;
        }

        var context = JsonForm.Parse(task.ContextJson);
        var partner = task.PartnerId is { } id ? await db.Set<Partner>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) : null;
        foreach (var (name, _, _) in FormShape.Of(form, form).Fields)
        {
            if ((context?[name]?.DeepClone() ?? (partner is null ? null : Of(partner, name))) is { } value && !FormShape.IsEmpty(value))
            {
                known[name] = value;
            }
        }

        return known;
    }

    // The fields of forms are named by their definitions; these are the names people give to what a partner's record holds.
    private static JsonNode? Of(Partner partner, string field) => field switch
    {
        "name" or "legalName" or "companyName" or "accountHolder" => partner.LegalName,
        "country" => partner.Country,
        "town" or "city" => partner.City,
        "postCode" or "postcode" or "zip" => partner.Postcode,
        "domain" => partner.Domain,
        "website" or "site" => partner.Domain is { } domain ? $"https://{domain}" : null,
        "taxId" or "vatId" or "taxNumber" => partner.TaxId,
        "region" => partner.Region,
        _ => null,
    };
}
