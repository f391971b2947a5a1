using System.Text.Json;
using System.Text.Json.Serialization;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Json;

internal sealed class RuleDefinitionConverter(ITypeResolver types) : JsonConverter<IRuleDefinition>
{
    public override bool CanConvert(Type typeToConvert) => typeof(IRuleDefinition).IsAssignableFrom(typeToConvert);

    public override IRuleDefinition Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return new RuleReader(new RuleJson(types, options)).Read(document.RootElement);
    }

    public override void Write(Utf8JsonWriter writer, IRuleDefinition value, JsonSerializerOptions options) =>
        new RuleWriter(writer, new RuleJson(types, options)).Write(value);
}
