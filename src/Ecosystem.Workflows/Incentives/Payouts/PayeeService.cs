using System.Text.Json;
using Ecosystem.Workflows.Storage;
using Ecosystem.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Incentives.Payouts;

/// <summary>Where partners' money goes: one enters the details, another verifies them.</summary>
/// <param name="session">The database.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The time.</param>
public sealed class PayeeService(StorageSession session, Audit audit, TimeProvider clock)
{
    /// <summary>Enters or changes the details of a partner for one currency. Changed details pay nothing until another person verified them.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="details">The details.</param>
    /// <param name="actor">Who enters them: the partner itself, finance or ops.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Result<PayeeProfile>> SetAsync(PartnerId partner, PayeeDetails details, Actor actor, CancellationToken cancellationToken = default) =>
        session.WriteAsync((db, token) => SetAsync(db, partner, details, actor, token), cancellationToken);

    /// <summary>Verifies the details of a partner, by call-back or micro-deposit.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="currency">The currency of the details.</param>
    /// <param name="method">How they were verified, for example <c>call-back</c>.</param>
    /// <param name="actor">Who verified them: finance, and not who entered them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Result<PayeeProfile>> VerifyAsync(PartnerId partner, Currency currency, string method, Actor actor, CancellationToken cancellationToken = default) =>
        session.WriteAsync((db, token) => VerifyAsync(db, partner, currency, method, actor, token), cancellationToken);

    /// <summary>The details of a partner, as far as the actor may see them.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="actor">Who reads.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<List<PayeeProfile>> GetAsync(PartnerId partner, Actor actor, CancellationToken cancellationToken = default) => session.ReadAsync(
        actor,
        (db, token) => db.Set<PayeeProfile>().Where(payee => payee.PartnerId == partner).OrderBy(payee => payee.Currency).ToListAsync(token),
        cancellationToken);

    internal async Task<Result<PayeeProfile>> SetAsync(EcosystemDbContext db, PartnerId partner, PayeeDetails details, Actor actor, CancellationToken cancellationToken)
    {
        var refusals = details.Check().ToList();
        if (!actor.MaySee(partner))
        {
            refusals.Insert(0, Refusal.NotFound("partner", partner));
        }

        if (refusals.Count > 0)
        {
            return Result<PayeeProfile>.Refused(refusals);
        }

        var json = JsonSerializer.Serialize(details, StoredJson.Options);
        var payee = await db.FindAsync<PayeeProfile>([partner, details.Currency], cancellationToken);
        if (payee is not null && payee.DetailsJson == json)
        {
            return payee;
        }

        if (payee is null)
        {
            payee = new PayeeProfile { PartnerId = partner, Currency = details.Currency, EditedBy = actor.Id };
            db.Add(payee);
        }

        payee.ChangedAt = payee.DetailsJson.Length > 0 ? clock.GetUtcNow() : null;
        payee.DetailsJson = json;
        payee.EditedBy = actor.Id;
        payee.EditedAt = clock.GetUtcNow();
        payee.VerifiedBy = null;
        payee.VerifiedAt = null;
        payee.Verification = null;
        audit.Add(db, actor, "payee.entered", partner, null, new { currency = details.Currency, account = details.Party.Account.Masked });
        return payee;
    }

    internal async Task<Result<PayeeProfile>> VerifyAsync(
        EcosystemDbContext db, PartnerId partner, Currency currency, string method, Actor actor, CancellationToken cancellationToken)
    {
        var payee = await db.FindAsync<PayeeProfile>([partner, currency], cancellationToken);
        if (payee is null)
        {
            return new Refusal("payee.not-found", $"There are no bank details of partner '{partner}' in {currency}.");
        }

        if (!actor.Has("finance"))
        {
            return Refusal.Forbidden("verify bank details", "finance");
        }

        if (payee.EditedBy == actor.Id && SegregationOfDuties.MustBeApart(Duty.EditBankDetails, Duty.VerifyBankDetails))
        {
            return new Refusal("payee.same-person", "Who entered the bank details must not verify them; another person of finance has to.");
        }

        if (payee.VerifiedBy is not null)
        {
            return payee;
        }

        payee.VerifiedBy = actor.Id;
        payee.VerifiedAt = clock.GetUtcNow();
        payee.Verification = method;
        audit.Add(db, actor, "payee.verified", partner, method, new { currency });
        return payee;
    }
}
