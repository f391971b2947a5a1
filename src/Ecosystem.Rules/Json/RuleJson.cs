using System.Text.Json;

namespace Ecosystem.Rules.Json;

/// <summary>Names of properties and types in the JSON of rules: properties follow the naming policy of the options and are found whatever their case.</summary>
internal sealed class RuleJson(ITypeResolver types, JsonSerializerOptions options)
{
    public JsonSerializerOptions Options => options;

    public string Name(string name) => options.PropertyNamingPolicy?.ConvertName(name) ?? name;

    public string? NameOf(Type type) => types.GetTypeName(type);

    public Type TypeNamed(string name) => types.GetTypeFromName(name);

    public bool Has(JsonElement json, string name, out JsonElement value)
    {
        if (json.TryGetProperty(Name(name), out value))
        {
            return true;
        }

        foreach (var property in json.EnumerateObject())
        {
            if (string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                value = property.Value;
                return true;
            }
        }

        return false;
    }

    public JsonElement Required(JsonElement json, string name) => Has(json, name, out var value)
        ? value
        : throw new JsonException($"Expected property. Name={name}, In={json.GetRawText()[..Math.Min(80, json.GetRawText().Length)]}");

    public string Text(JsonElement json, string name) => Required(json, name).GetString()!;

    public TEnum Choice<TEnum>(JsonElement json, string name)
        where TEnum : struct, Enum =>
        Enum.TryParse(Text(json, name), true, out TEnum value)
            ? value
            : throw new JsonException(
                $"Unable to convert Enum value. Value={Text(json, name)}, EnumType={typeof(TEnum)}, Values={string.Join(", ", Enum.GetNames<TEnum>())}");

    public Type TypeOf(JsonElement json, string name) => TypeNamed(Text(json, name));

    public Type? OptionalType(JsonElement json, string name) => Has(json, name, out var value) ? TypeNamed(value.GetString()!) : null;

    public IEnumerable<JsonElement> Items(JsonElement json, string name) =>
        Has(json, name, out var items) ? items.EnumerateArray() : Enumerable.Empty<JsonElement>();

    public Type[] Types(JsonElement json, string name) => [.. Items(json, name).Select(type => TypeNamed(type.GetString()!))];

    public void Write(Utf8JsonWriter writer, string name, Type type) => writer.WriteString(Name(name), NameOf(type));

    public void Write<T>(Utf8JsonWriter writer, string name, IEnumerable<T> items, Action<T> write)
    {
        writer.WriteStartArray(Name(name));
        foreach (var item in items)
        {
            write(item);
        }

        writer.WriteEndArray();
    }

    /// <summary>Leaves the property out when there is nothing in it.</summary>
    public void WriteAny<T>(Utf8JsonWriter writer, string name, IReadOnlyCollection<T> items, Action<T> write)
    {
        if (items.Count > 0)
        {
            Write(writer, name, items, write);
        }
    }
}
