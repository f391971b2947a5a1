using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Ecosystem.Designer.Identity;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Designer.Api;

/// <summary>
/// Makes writes with an <c>Idempotency-Key</c> repeatable: the same key with the same request gets the stored answer, the same key
/// with another request is refused with 409. Keys belong to their caller and are kept for a week. Server errors are not stored.
/// </summary>
internal sealed class IdempotencyMiddleware(RequestDelegate next, IDbContextFactory<HostDbContext> contexts, TimeProvider clock)
{
    private const int MaxBody = 32 * 1024 * 1024;
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);
    private readonly string _instance = Guid.NewGuid().ToString("N");
    private readonly ConcurrentDictionary<(string Caller, string Key), string> _running = new();

    /// <summary>Handles one request.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!request.Headers.TryGetValue("Idempotency-Key", out var header) || HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        {
            await next(context);
            return;
        }

        var key = header.ToString();
        if (key.Length is 0 or > 200)
        {
            await ApiProblem.From(new Workflows.Refusal("idempotency.key-invalid", "Idempotency-Key must have 1 to 200 characters.", "Idempotency-Key")).ExecuteAsync(context);
            return;
        }

        var caller = context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? $"anonymous:{context.Connection.RemoteIpAddress}";
        var fingerprint = await FingerprintAsync(request);
        if (!_running.TryAdd((caller, key), fingerprint))
        {
            await (_running.TryGetValue((caller, key), out var running) && running != fingerprint ? Reused() : InProgress(context.Response)).ExecuteAsync(context);
            return;
        }

        try
        {
            await AnswerAsync(context, caller, key, fingerprint);
        }
        finally
        {
            _running.TryRemove((caller, key), out _);
        }
    }

    private static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult Reused() =>
        ApiProblem.From(new Workflows.Refusal("idempotency.key-reused", "This Idempotency-Key was used for another request; use a new key for a new request."));

    private static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult InProgress(HttpResponse response)
    {
        response.Headers.RetryAfter = "1";
        return ApiProblem.From(new Workflows.Refusal("idempotency.in-progress", "The first request with this Idempotency-Key is still running; repeat in a moment."));
    }

    private static async Task<string> FingerprintAsync(HttpRequest request)
    {
        request.EnableBuffering(bufferThreshold: 64 * 1024, bufferLimit: MaxBody);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0)
        {
            hash.AppendData(buffer, 0, read);
        }

        request.Body.Position = 0;
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static async Task ReplayAsync(HttpResponse response, IdempotentRequest known)
    {
        response.StatusCode = known.Status!.Value;
        response.ContentType = known.ContentType;
        response.Headers["Idempotency-Replayed"] = "true";
        if (known.Location is not null)
        {
            response.Headers.Location = known.Location;
        }

        if (known.ETag is not null)
        {
            response.Headers.ETag = known.ETag;
        }

        if (known.Body is { Length: > 0 })
        {
            await response.Body.WriteAsync(known.Body);
        }
    }

    private async Task AnswerAsync(HttpContext context, string caller, string key, string fingerprint)
    {
        await using var db = await contexts.CreateDbContextAsync(context.RequestAborted);
        var known = await ReserveAsync(db, caller, key, fingerprint, context.RequestAborted);
        if (known.Fingerprint != fingerprint)
        {
            await Reused().ExecuteAsync(context);
        }
        else if (known.Status is not null)
        {
            await ReplayAsync(context.Response, known);
        }
        else if (db.Entry(known).State == EntityState.Detached)
        {
            await InProgress(context.Response).ExecuteAsync(context);
        }
        else
        {
            await RunAsync(context, db, known);
        }
    }

    // Returns the tracked row when this request is to run, an untracked one when another request has the key.
    private async Task<IdempotentRequest> ReserveAsync(HostDbContext db, string caller, string key, string fingerprint, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await db.IdempotentRequests.Where(row => row.ReceivedAt < now - KeptFor).ExecuteDeleteAsync(ct);
        var row = await db.IdempotentRequests.SingleOrDefaultAsync(r => r.Caller == caller && r.Key == key, ct);
        try
        {
            if (row is null)
            {
                row = new IdempotentRequest { Caller = caller, Key = key, Fingerprint = fingerprint, ReceivedAt = now, Instance = _instance };
                db.Add(row);
            }
            else if (row.Status is null && row.Fingerprint == fingerprint)
            {
                // Whoever had it ended without an answer that could be kept, so this request takes over.
                row.Instance = _instance;
            }

            await db.SaveChangesAsync(ct);
            return row;
        }
        catch (DbUpdateException error) when (error is DbUpdateConcurrencyException || db.Entry(row!).State == EntityState.Added)
        {
            // Another process got this key at the same moment.
            db.Entry(row!).State = EntityState.Detached;
            return await db.IdempotentRequests.AsNoTracking().SingleAsync(r => r.Caller == caller && r.Key == key, ct);
        }
    }

    private async Task RunAsync(HttpContext context, HostDbContext db, IdempotentRequest row)
    {
        var original = context.Response.Body;
        using var buffer = new MemoryStream();
        context.Response.Body = buffer;
        try
        {
            context.Features.Set(new IdempotencyKey(row.Caller, row.Key));
            await next(context);
        }
        catch
        {
            context.Response.Body = original;
            db.Remove(row);
            await db.SaveChangesAsync(CancellationToken.None);
            throw;
        }

        context.Response.Body = original;
        if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
        {
            db.Remove(row);
        }
        else
        {
            row.Status = context.Response.StatusCode;
            row.ContentType = context.Response.ContentType;
            row.Location = context.Response.Headers.Location;
            row.ETag = context.Response.Headers.ETag;
            row.Body = buffer.ToArray();
        }

        await db.SaveChangesAsync(CancellationToken.None);
        buffer.Position = 0;
        await buffer.CopyToAsync(original, context.RequestAborted);
    }
}
