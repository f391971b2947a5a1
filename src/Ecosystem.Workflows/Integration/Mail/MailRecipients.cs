using Ecosystem.Workflows.Partners;
using Ecosystem.Workflows.Storage;
using Ecosystem.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Integration.Mail;

/// <summary>Finds the people a message goes to.</summary>
internal sealed class MailRecipients(StorageSession storage, IPeople people)
{
    /// <summary>The prefix of the ids of a partner's contacts who act by mail, without a sign-in.</summary>
    internal const string ContactPrefix = "contact:";

    /// <summary>The people behind a partner id, a role or a person's id, each once; only those with an address.</summary>
    internal async Task<IReadOnlyList<Person>> FindAsync(string recipient, CancellationToken cancellationToken)
    {
        if (await people.FindAsync(recipient, cancellationToken) is { } person)
        {
            return person.Email is null ? [] : [person];
        }

        if (await ContactAsync(recipient, cancellationToken) is { } contact)
        {
            return contact.Email is null ? [] : [contact];
        }

        var members = await people.InRoleAsync(recipient, cancellationToken);
        return members.Count > 0
            ? [.. members.Where(member => member.Email is not null).DistinctBy(member => member.Email)]
            : EntityId.IsValid(recipient) ? await OfPartnerAsync(new PartnerId(recipient), cancellationToken) : [];
    }

    /// <summary>A partner's contact by the id <c>contact:ID</c>; null when it is none.</summary>
    internal async Task<Person?> ContactAsync(string id, CancellationToken cancellationToken)
    {
        if (!id.StartsWith(ContactPrefix, StringComparison.Ordinal) || !EntityId.IsValid(id[ContactPrefix.Length..]))
        {
            return null;
        }

        var contact = new ContactId(id[ContactPrefix.Length..]);
        return await storage.ReadAsync((db, token) => db.Set<PartnerContact>().FirstOrDefaultAsync(row => row.Id == contact, token), cancellationToken) is { } row ? Of(row) : null;
    }

    private async Task<IReadOnlyList<Person>> OfPartnerAsync(PartnerId partner, CancellationToken cancellationToken)
    {
        var contacts = await storage.ReadAsync(
            (db, token) => db.Set<PartnerContact>().Where(contact => contact.PartnerId == partner && contact.Email != null).OrderBy(contact => contact.CreatedAt).ToListAsync(token), cancellationToken);
        return [.. contacts.Select(Of).DistinctBy(contact => contact.Email, StringComparer.OrdinalIgnoreCase)];
    }

    private static Person Of(PartnerContact contact) => new($"{ContactPrefix}{contact.Id}", contact.Name, contact.Email, ["partner"], contact.PartnerId);
}
