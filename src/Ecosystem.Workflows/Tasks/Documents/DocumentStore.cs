using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Ecosystem.Workflows.Storage;
using Ecosystem.Workflows.Tasks.Forms;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;

namespace Ecosystem.Workflows.Tasks.Documents;

/// <summary>
/// Keeps uploaded documents: bytes in <c>documents</c> of the data directory, each once under its hash, what is known of them in the
/// database. Safe for use by many threads.
/// </summary>
public sealed class DocumentStore
{
    /// <summary>The largest document, in bytes, where a form names no smaller limit.</summary>
    public const long MaxSize = 20 * 1024 * 1024;

    private const int MaxPerTask = 50;

    private static readonly Dictionary<string, string> ContentTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        [".pdf"] = "application/pdf", [".png"] = "image/png", [".jpg"] = "image/jpeg", [".jpeg"] = "image/jpeg", [".gif"] = "image/gif", [".webp"] = "image/webp",
        [".txt"] = "text/plain", [".csv"] = "text/csv", [".xml"] = "application/xml", [".json"] = "application/json", [".zip"] = "application/zip",
        [".docx"] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        [".xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        [".pptx"] = "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        [".eml"] = "message/rfc822",
    };

    private readonly StorageSession storage;
    private readonly Audit audit;
    private readonly TimeProvider clock;
    private readonly string folder;

    internal DocumentStore(StorageSession storage, Audit audit, TimeProvider clock, IConfiguration configuration)
    {
        (this.storage, this.audit, this.clock) = (storage, audit, clock);
        var data = configuration["Ecosystem:DataDirectory"];
        folder = Path.Combine(string.IsNullOrEmpty(data) ? "data" : data, "documents");
    }

    /// <summary>Keeps a document of a task.</summary>
    /// <param name="taskId">The task.</param>
    /// <param name="name">The file's name; folders in it are dropped.</param>
    /// <param name="content">The bytes; read to the end.</param>
    /// <param name="actor">Who uploads: somebody who may see the task.</param>
    /// <param name="cancellationToken">Gives up; nothing is kept.</param>
    /// <returns>The document, or why it is not taken.</returns>
    public async Task<Result<Document>> AddAsync(TaskId taskId, string name, Stream content, Actor actor, CancellationToken cancellationToken = default)
    {
        name = Path.GetFileName(name.Replace('\\', '/')).Trim();
        if (name.Length is 0 or > 200 || !ContentTypes.TryGetValue(Path.GetExtension(name), out var contentType))
        {
            return new Refusal("document.type", $"Files of this kind are not taken; use one of {string.Join(", ", ContentTypes.Keys)}.", "file");
        }

        var task = await storage.ReadAsync(actor, (db, token) => db.Set<HumanTask>().FirstOrDefaultAsync(candidate => candidate.Id == taskId, token), cancellationToken);
        if (task is null)
        {
            return Refusal.NotFound("task", taskId, "taskId");
        }

        if (!task.IsOpen)
        {
            return TaskAnswers.NotOpen(task);
        }

        var (hash, size) = await KeepAsync(content, cancellationToken);
        if (hash is null)
        {
            return size == 0
                ? new Refusal("document.empty", $"The file '{name}' is empty.", "file")
                : new Refusal("document.too-large", $"The file '{name}' is larger than {MaxSize / 1024 / 1024} MB.", "file");
        }

        var now = clock.GetUtcNow();
        return await storage.WriteAsync<Result<Document>>(
            async (db, token) =>
            {
                if (await db.Set<Document>().CountAsync(document => document.TaskId == taskId, token) >= MaxPerTask)
                {
                    return new Refusal("document.too-many", $"A task takes at most {MaxPerTask} documents.", "file");
                }

                var document = new Document
                {
                    Id = EntityId.New("doc-", now),
                    TaskId = taskId,
                    PartnerId = task.PartnerId ?? (actor.Partner is not null ? task.ReturnedToPartner : null),
                    Name = name,
                    ContentType = contentType,
                    Size = size,
                    Sha256 = hash,
                    By = actor.Id,
                    At = now,
                };
                db.Add(document);
                audit.Add(db, actor, "task.document-added", taskId, null, new { document = document.Id, sha256 = hash, size });
                return document;
            },
            cancellationToken);
    }

    /// <summary>Lists a task's documents, as far as the actor may see them, oldest first.</summary>
    /// <param name="taskId">The task.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The documents.</returns>
    public Task<List<Document>> ListAsync(TaskId taskId, Actor actor, CancellationToken cancellationToken = default) => storage.ReadAsync(
        actor,
        (db, token) => db.Set<Document>().Where(document => document.TaskId == taskId).OrderBy(document => document.Id).ToListAsync(token),
        cancellationToken);

    /// <summary>Opens a document.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="actor">Who reads.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The document and its bytes, or null when there is none or the actor may not see it. The caller closes the stream.</returns>
    public async Task<(Document Document, Stream Content)?> OpenAsync(string id, Actor actor, CancellationToken cancellationToken = default)
    {
        var document = await storage.ReadAsync(actor, (db, token) => db.Set<Document>().FirstOrDefaultAsync(candidate => candidate.Id == id, token), cancellationToken);
        return document is null ? null : (document, new FileStream(Locate(document.Sha256), FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, useAsync: true));
    }

    /// <summary>Checks the documents a form's values refer to: each was uploaded for the task and fits its field.</summary>
    internal static async Task<IReadOnlyList<Refusal>> CheckAsync(EcosystemDbContext db, TaskId task, string schema, JsonObject data, CancellationToken cancellationToken)
    {
        var wanted = JsonForm.Documents(schema, data).ToList();
        if (wanted.Count == 0)
        {
            return [];
        }

        var known = await db.Set<Document>().AsNoTracking().Where(document => document.TaskId == task).ToDictionaryAsync(document => document.Id, cancellationToken);
        return [.. wanted.Select(field => Check(field.Path, known.GetValueOrDefault(field.DocumentId), field.Rule)).OfType<Refusal>()];
    }

    private static Refusal? Check(string path, Document? document, JsonObject rule)
    {
        if (document is null)
        {
            return new Refusal("form.document", "The document was not uploaded for this task; upload it first.", path);
        }

        if (document.Size > FormShape.Number(rule["maxSize"]))
        {
            return new Refusal("form.document-too-large", $"'{document.Name}' is larger than {FormShape.Number(rule["maxSize"]) / 1024:0} kB.", path);
        }

        var accepted = FormShape.Texts(rule["accept"]).ToList();
        return accepted.Count > 0 && !accepted.Exists(accept => accept[0] == '.'
            ? document.Name.EndsWith(accept, StringComparison.OrdinalIgnoreCase)
            : document.ContentType.StartsWith(accept.TrimEnd('*'), StringComparison.OrdinalIgnoreCase))
            ? new Refusal("form.document-type", $"'{document.Name}' is not of the kind asked for: {string.Join(", ", accepted)}.", path)
            : null;
    }

    private string Locate(string hash) => Path.Combine(folder, hash[..2], hash);

    // Written beside its place and moved into it, so that a crash leaves no half document under a hash.
    private async Task<(string? Hash, long Size)> KeepAsync(Stream content, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var draft = Path.Combine(folder, $".{Guid.NewGuid():N}");
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var size = 0L;
            await using (var file = new FileStream(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, useAsync: true))
            {
                int read;
                while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
                {
                    size += read;
                    if (size > MaxSize)
                    {
                        return (null, size);
                    }

                    sha.AppendData(buffer, 0, read);
                    await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                }

                await file.FlushAsync(cancellationToken);
                RandomAccess.FlushToDisk(file.SafeFileHandle);
            }

            if (size == 0)
            {
                return (null, 0);
            }

            var hash = Convert.ToHexStringLower(sha.GetHashAndReset());
            Directory.CreateDirectory(Path.GetDirectoryName(Locate(hash))!);
            File.Move(draft, Locate(hash), overwrite: true);
            return (hash, size);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            File.Delete(draft);
        }
    }
}
