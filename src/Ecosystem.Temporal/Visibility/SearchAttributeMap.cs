using System.Diagnostics.CodeAnalysis;

namespace Ecosystem.Temporal.Visibility;

/// <summary>The custom search attributes of one namespace: name to field. Immutable; a change makes a new map.</summary>
/// <param name="Fields">Field by custom name.</param>
internal sealed record SearchAttributeMap(IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>A map without custom attributes.</summary>
    public static SearchAttributeMap Empty { get; } = new(new Dictionary<string, string>());

    /// <summary>Custom attributes with their types, by name.</summary>
    public IEnumerable<SearchAttributeColumn> Custom =>
        Fields.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => new SearchAttributeColumn(pair.Key, pair.Value, SearchAttributeCatalog.CustomFields[pair.Value]));

    /// <summary>
    /// What a name in a filter means. Custom names come first; a field may be named directly; the prefix <c>Temporal</c> may be left
    /// out or added where that is unambiguous; a schedule's id is the id of its workflow.
    /// </summary>
    public bool TryResolve(string name, [NotNullWhen(true)] out SearchAttributeColumn? column)
    {
        column = null;
        if (name.StartsWith(SearchAttributeCatalog.ReservedPrefix, StringComparison.Ordinal))
        {
            var field = name == "TemporalBuildIds" ? "BuildIds" : name;
            return TryServerAttribute(name, field, out column);
        }

        if (Fields.TryGetValue(name, out var custom))
        {
            column = new SearchAttributeColumn(name, custom, SearchAttributeCatalog.CustomFields[custom]);
            return true;
        }

        return TryServerAttribute(name, name == "ScheduleId" ? "WorkflowId" : name, out column)
            || TryServerAttribute(name, SearchAttributeCatalog.ReservedPrefix + name, out column);
    }

    /// <summary>The attribute that a start or an upsert may set under this name.</summary>
    public bool TryWritable(string name, [NotNullWhen(true)] out SearchAttributeColumn? column)
    {
        column = Fields.TryGetValue(name, out var field)
            ? new SearchAttributeColumn(name, field, SearchAttributeCatalog.CustomFields[field])
            : SearchAttributeCatalog.Predefined.TryGetValue(name, out var type) ? new SearchAttributeColumn(name, name, type) : null;
        return column is not null;
    }

    /// <summary>The map with these attributes added; those that are there already with their type are left alone.</summary>
    /// <exception cref="ArgumentException">A name is reserved or has another type, or no field of the type is free.</exception>
    public SearchAttributeMap Add(IEnumerable<KeyValuePair<string, IndexedValueType>> attributes)
    {
        var fields = new Dictionary<string, string>(Fields, StringComparer.Ordinal);
        foreach (var (name, type) in attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (SearchAttributeCatalog.IsReserved(name))
            {
                throw new ArgumentException($"Search attribute {name} is reserved by system.");
            }

            if (fields.TryGetValue(name, out var existing))
            {
                var had = SearchAttributeCatalog.CustomFields[existing];
                if (had != type)
                {
                    throw new ArgumentException($"Search attribute {name} already exists and has different type {had}.");
                }

                continue;
            }

            var limit = SearchAttributeCatalog.CustomLimits.GetValueOrDefault(type);
            var free = Enumerable.Range(1, limit).Select(i => SearchAttributeCatalog.FieldName(type, i)).FirstOrDefault(field => !fields.ContainsValue(field))
                ?? throw new ArgumentException($"Unable to create search attributes: cannot have more than {limit} search attribute of type {type}.");
            fields.Add(name, free);
        }

        return new SearchAttributeMap(fields);
    }

    /// <summary>The map without these attributes; unknown names are passed over.</summary>
    /// <exception cref="ArgumentException">A name belongs to the server.</exception>
    public SearchAttributeMap Remove(IEnumerable<string> names)
    {
        var fields = new Dictionary<string, string>(Fields, StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (SearchAttributeCatalog.System.ContainsKey(name) || SearchAttributeCatalog.Predefined.ContainsKey(name))
            {
                throw new ArgumentException($"Unable to remove non-custom search attributes: {name}.");
            }

            fields.Remove(name);
        }

        return new SearchAttributeMap(fields);
    }

    private static bool TryServerAttribute(string name, string field, [NotNullWhen(true)] out SearchAttributeColumn? column)
    {
        column = SearchAttributeCatalog.System.TryGetValue(field, out var type)
            || SearchAttributeCatalog.Predefined.TryGetValue(field, out type)
            || SearchAttributeCatalog.CustomFields.TryGetValue(field, out type)
            ? new SearchAttributeColumn(name, field, type)
            : null;
        return column is not null;
    }
}
