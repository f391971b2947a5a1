using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace Ecosystem.Workflows.Storage;

/// <summary>
/// Texts are compared and sorted by their characters' codes, as in SQLite and in this program, whatever language the server was set up for:
/// pages go on after the last key of the page before, and what sorts otherwise on the server would be shown twice or never.
/// </summary>
/// <param name="collation">The server's name for that order.</param>
internal sealed class OrdinalTexts(string collation) : IModelFinalizingConvention
{
    public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
    {
        foreach (var property in modelBuilder.Metadata.GetEntityTypes().SelectMany(entity => PropertiesOf(entity)))
        {
            if ((property.GetValueConverter()?.ProviderClrType ?? property.ClrType) == typeof(string))
            {
                property.SetCollation(collation);
            }
        }
    }

    private static IEnumerable<IConventionProperty> PropertiesOf(IConventionTypeBase type) =>
        type.GetDeclaredProperties().Concat(type.GetDeclaredComplexProperties().SelectMany(complex => PropertiesOf(complex.ComplexType)));
}
