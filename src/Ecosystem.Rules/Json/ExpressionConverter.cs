using System.Linq.Expressions;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ecosystem.Rules.Json;

internal sealed class ExpressionConverter(ITypeResolver types) : JsonConverter<Expression>
{
    public override bool CanConvert(Type typeToConvert) => typeof(Expression).IsAssignableFrom(typeToConvert);

    public override Expression Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return new ExpressionReader(new RuleJson(types, options)).Read(document.RootElement);
    }

    public override void Write(Utf8JsonWriter writer, Expression value, JsonSerializerOptions options) =>
        new ExpressionWriter(writer, new RuleJson(types, options)).Write(value);
}
