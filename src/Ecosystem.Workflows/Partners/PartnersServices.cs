using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Workflows.Partners;

/// <summary>Registers the room.</summary>
internal static class PartnersServices
{
    public static IServiceCollection AddPartners(this IServiceCollection services) => services.AddSingleton<PartnerService>().AddSingleton<PartnerMergeService>();
}
