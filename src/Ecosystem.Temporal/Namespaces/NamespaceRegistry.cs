using System.Text.Json;

namespace Ecosystem.Temporal.Namespaces;

/// <summary>The namespaces of the service, in memory and in the store.</summary>
internal sealed class NamespaceRegistry
{
    private const string DocumentKind = "namespace";
    private readonly ConcurrentDictionary<string, NamespaceRecord> _byName = new();
    private readonly ConcurrentDictionary<string, NamespaceRecord> _byId = new();
    private readonly IStore _store;

    public NamespaceRegistry(IStore store)
    {
        _store = store;
        foreach (var document in store.Documents(DocumentKind))
        {
            Keep(Deserialize(document.Data!));
        }
    }

    public IEnumerable<NamespaceRecord> All => _byName.Values.OrderBy(record => record.Name, StringComparer.Ordinal);

    /// <summary>The namespace of that name.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT if no name is given, NOT_FOUND if there is no such namespace.</exception>
    public NamespaceRecord Get(string name) => Get(name, "Namespace not set on request.");

    /// <summary>The namespace of that name; without one the error says <paramref name="missing"/>.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT if no name is given, NOT_FOUND if there is no such namespace.</exception>
    public NamespaceRecord Get(string name, string missing)
    {
        if (_byName.TryGetValue(name, out var record))
        {
            return record;
        }

        throw name.Length == 0 ? RpcErrors.InvalidArgument(missing) : RpcErrors.NamespaceNotFound(name);
    }

    /// <summary>The namespace of that name, in which something new is to begin.</summary>
    /// <exception cref="RpcException">As <see cref="Get(string)"/>, and FAILED_PRECONDITION if it is deprecated.</exception>
    public NamespaceRecord GetRegistered(string name)
    {
        var record = Get(name);
        return record.State == NamespaceState.Registered
            ? record
            : throw RpcErrors.NamespaceInvalidState(name, record.State, NamespaceState.Registered);
    }

    public NamespaceRecord? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The namespace of that id.</summary>
    /// <exception cref="RpcException">NOT_FOUND if there is none.</exception>
    public NamespaceRecord GetById(string id) => FindById(id) ?? throw RpcErrors.NamespaceNotFound(id);

    public NamespaceRecord? FindById(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Adds a namespace or stores its changes.</summary>
    public Task SaveAsync(NamespaceRecord record)
    {
        Keep(record);
        var write = new StoreWrite();
        write.Documents.Add(new StoreDocument(DocumentKind, record.Id, Serialize(record)));
        return _store.CommitAsync(write);
    }

    /// <summary>Whoever keeps things of a namespace drops them here, once it can no longer be found.</summary>
    public List<Func<NamespaceRecord, Task>> Cleaners { get; } = [];

    /// <summary>Removes a namespace and then all it held.</summary>
    public async Task RemoveAsync(NamespaceRecord record)
    {
        _byName.TryRemove(record.Name, out _);
        _byId.TryRemove(record.Id, out _);
        var write = new StoreWrite();
        write.Documents.Add(new StoreDocument(DocumentKind, record.Id, null));
        await _store.CommitAsync(write);
        foreach (var cleaner in Cleaners)
        {
            await cleaner(record);
        }
    }

    private void Keep(NamespaceRecord record)
    {
        _byName[record.Name] = record;
        _byId[record.Id] = record;
    }

    private static byte[] Serialize(NamespaceRecord record) => JsonSerializer.SerializeToUtf8Bytes(new Content(
        record.Name,
        record.Id,
        (int)record.State,
        record.Description,
        record.OwnerEmail,
        record.Data,
        record.Retention.Ticks,
        record.BadBinaries.ToByteArray(),
        record.SearchAttributes.Fields.ToDictionary()));

    private static NamespaceRecord Deserialize(byte[] data)
    {
        var content = JsonSerializer.Deserialize<Content>(data)!;
        return new NamespaceRecord(content.Name, content.Id)
        {
            State = (NamespaceState)content.State,
            Description = content.Description,
            OwnerEmail = content.OwnerEmail,
            Data = content.Data,
            Retention = new TimeSpan(content.Retention),
            BadBinaries = Temporalio.Api.Namespace.V1.BadBinaries.Parser.ParseFrom(content.BadBinaries),
            SearchAttributes = new SearchAttributeMap(content.SearchAttributes),
        };
    }

    private sealed record Content(
        string Name,
        string Id,
        int State,
        string Description,
        string OwnerEmail,
        Dictionary<string, string> Data,
        long Retention,
        byte[] BadBinaries,
        Dictionary<string, string> SearchAttributes);
}
