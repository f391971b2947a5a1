using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Workflows.Integration.Mail;

/// <summary>Registers what messages need; the outbox sends them.</summary>
internal static class MailServices
{
    public static IServiceCollection AddMail(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(MailOptions.Read(configuration))
        .AddSingleton<MailRecipients>();
}
