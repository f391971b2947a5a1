namespace Ecosystem.Designer.Identity;

/// <summary>One write that came with an <c>Idempotency-Key</c>, and its answer once it is known.</summary>
internal sealed class IdempotentRequest
{
    /// <summary>Who called.</summary>
    public required string Caller { get; init; }

    /// <summary>The key as sent.</summary>
    public required string Key { get; init; }

    /// <summary>SHA-256 over method, path, query and body.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>When it arrived (UTC).</summary>
    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Which process instance handles it; another instance that finds it unfinished knows that one died.</summary>
    public required string Instance { get; set; }

    /// <summary>Status of the stored answer, null while the first request is still running.</summary>
    public int? Status { get; set; }

    /// <summary>Content type of the stored answer.</summary>
    public string? ContentType { get; set; }

    /// <summary>Location header of the stored answer.</summary>
    public string? Location { get; set; }

    /// <summary>ETag header of the stored answer.</summary>
    public string? ETag { get; set; }

    /// <summary>Body of the stored answer.</summary>
    public byte[]? Body { get; set; }
}
