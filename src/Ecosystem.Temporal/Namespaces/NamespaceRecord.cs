using Temporalio.Api.Namespace.V1;

namespace Ecosystem.Temporal.Namespaces;

/// <summary>A namespace. Its name and id never change; the rest is replaced whole.</summary>
internal sealed class NamespaceRecord(string name, string id)
{
    public string Name { get; } = name;

    public string Id { get; } = id;

    public NamespaceState State { get; set; } = NamespaceState.Registered;

    public string Description { get; set; } = "";

    public string OwnerEmail { get; set; } = "";

    public Dictionary<string, string> Data { get; set; } = [];

    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(1);

    public BadBinaries BadBinaries { get; set; } = new();

    /// <summary>Custom search attributes; replaced whole at every change.</summary>
    public SearchAttributeMap SearchAttributes { get; set; } = SearchAttributeMap.Empty;
}
