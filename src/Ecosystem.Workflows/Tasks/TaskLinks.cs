using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ecosystem.Workflows.Integration.Mail;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Tasks;

/// <summary>
/// Signed links: one person answers one task once, without an account. The token is the link's id and an HMAC-SHA256 over link, task,
/// person and end (<see cref="TaskLinkKey"/>). Looking changes nothing. Safe for use by many threads.
/// </summary>
public sealed class TaskLinks
{
    internal static readonly Refusal OtherTask = new("link.invalid", "This link is not for this task. Open it as it stands in the message.");

    private readonly StorageSession storage;
    private readonly TaskService tasks;
    private readonly TaskAnswers answers;
    private readonly IPeople people;
    private readonly MailRecipients contacts;
    private readonly TimeProvider clock;

    internal TaskLinks(StorageSession storage, TaskService tasks, TaskAnswers answers, IPeople people, TimeProvider clock)
    {
        (this.storage, this.tasks, this.answers, this.people, this.clock) = (storage, tasks, answers, people, clock);
        contacts = new MailRecipients(storage, people);
    }

    /// <summary>Makes a link for a person who may answer a task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="person">The person.</param>
    /// <param name="life">How long it is worth something.</param>
    /// <param name="occasion">What it is made for: the same occasion gives the same link.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The link, or null when the person may not answer the task, or the task is one that takes a sign-in (payouts).</returns>
    public async Task<IssuedLink?> IssueAsync(TaskId task, Person person, TimeSpan life, string occasion, CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        var id = "lnk-" + Short($"{task}/{occasion}");
        return await storage.WriteAsync(
            async (db, token) =>
            {
                if (await db.FindAsync<HumanTask>([task], token) is not { IsOpen: true } found || !TakesLinks(found)
                    || await answers.MayDecideAsync(db, found, person.ToActor(ActorSource.Mail), token) is not null)
                {
                    return null;
                }

                if (await db.FindAsync<TaskLink>([id], token) is not { } link)
                {
                    link = new TaskLink { Id = id, TaskId = task, Person = person.Id, CreatedAt = now, ExpiresAt = now + life };
                    db.Add(link);
                }

                return new IssuedLink($"/answer/{task}?token={Token(link, await TaskLinkKey.EnsureAsync(db, token))}", link.ExpiresAt);
            },
            cancellationToken);
    }

    /// <summary>Looks at the task of a link. Changes nothing, however often it is done.</summary>
    /// <param name="taskId">The task the address names.</param>
    /// <param name="token">The token the address carries.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The task and for whom the link is; or <c>link.invalid</c>, <c>link.used</c>, <c>link.expired</c>, <c>task.not-open</c>.</returns>
    public async Task<Result<LinkedTask>> OpenAsync(string taskId, string? token, CancellationToken cancellationToken = default)
    {
        var found = await FindAsync(taskId, token, cancellationToken);
        return found.TryGet(out var opened) ? new LinkedTask(TaskView.Of(opened.Task), opened.Actor) : Result<LinkedTask>.Refused(found.Refusals);
    }

    /// <summary>Answers the task of a link and uses the link up, both or neither.</summary>
    /// <param name="taskId">The task the address names.</param>
    /// <param name="token">The token the address carries.</param>
    /// <param name="outcome">The outcome.</param>
    /// <param name="data">What the form gives.</param>
    /// <param name="comment">What is said with it.</param>
    /// <param name="cancellationToken">Gives up waiting; the answer may still be taken.</param>
    /// <returns>The task, or why the answer is not taken; then nothing has changed.</returns>
    public async Task<Result<TaskView>> AnswerAsync(string taskId, string? token, string outcome, JsonObject? data, string? comment, CancellationToken cancellationToken = default)
    {
        var found = await FindAsync(taskId, token, cancellationToken);
        return found.TryGet(out var opened)
            ? await tasks.CompleteAsync(opened.Task.Id, outcome, data, comment, opened.Actor, opened.Link.Id, cancellationToken)
            : Result<TaskView>.Refused(found.Refusals);
    }

    /// <summary>Why a link is worth nothing any more; null when it still is.</summary>
    internal static Refusal? Spent(TaskLink link, DateTimeOffset now) =>
        link.UsedAt is not null ? new Refusal("link.used", "This link was used already; each works once.")
        : link.ExpiresAt <= now ? new Refusal("link.expired", "This link has ended. Sign in to answer, or ask for a new message.")
        : null;

    internal static string Short(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 12));

    // Where money leaves, a sign-in is asked for.
    private static bool TakesLinks(HumanTask task) => SegregationOfDuties.OfTask(task) is not (Duty.ApprovePayout or Duty.ReleasePayment);

    private async Task<Result<(HumanTask Task, Actor Actor, TaskLink Link)>> FindAsync(string taskId, string? token, CancellationToken cancellationToken)
    {
        var cut = token?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        if (cut <= 0 || token!.Length > 200 || !EntityId.IsValid(taskId) || !EntityId.IsValid(token[..cut]))
        {
            return OtherTask;
        }

        var id = token[..cut];
        var (link, key) = await storage.ReadAsync(
            async (db, ct) => (await db.Set<TaskLink>().FirstOrDefaultAsync(row => row.Id == id, ct), await db.Set<TaskLinkKey>().FirstOrDefaultAsync(ct)),
            cancellationToken);
        if (link is null || key is null || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Token(link, key.Secret)), Encoding.UTF8.GetBytes(token)) || link.TaskId.Value != taskId)
        {
            return OtherTask;
        }

        if (Spent(link, clock.GetUtcNow()) is { } spent)
        {
            return spent;
        }

        // Read again each time, so that who has left in the meantime can do nothing.
        var person = await contacts.ContactAsync(link.Person, cancellationToken) ?? await people.FindAsync(link.Person, cancellationToken);
        var task = await storage.ReadAsync((db, ct) => db.Set<HumanTask>().FirstOrDefaultAsync(row => row.Id == link.TaskId, ct), cancellationToken);
        return person is null || task is null ? OtherTask
            : !task.IsOpen ? TaskAnswers.NotOpen(task)
            : (task, person.ToActor(ActorSource.Mail), link);
    }

    private static string Token(TaskLink link, byte[] key)
    {
        var signed = Encoding.UTF8.GetBytes($"{link.Id}\n{link.TaskId}\n{link.Person}\n{link.ExpiresAt.ToUnixTimeMilliseconds()}");
        return $"{link.Id}.{Base64Url.EncodeToString(HMACSHA256.HashData(key, signed))}";
    }
}
