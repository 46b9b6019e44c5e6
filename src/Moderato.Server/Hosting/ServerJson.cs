using System.Text.Json;
using System.Text.Json.Serialization;
using Moderato.Decisions;
using Moderato.Server.Classification;
using Moderato.Server.Contents;
using Moderato.Server.Decisions;
using Moderato.Server.FrontDoors.OpenAi;
using Moderato.Server.FrontDoors.Perspective;
using Moderato.Server.Keys;
using Moderato.Server.Releases;
using Moderato.Server.Reviews;
using Moderato.Server.Webhooks;

namespace Moderato.Server.Hosting;

/// <summary>Every record that goes over HTTP, read and written by code made at build. A new response is one more line here.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(TierDetail))]
[JsonSerializable(typeof(ContentContext))]
[JsonSerializable(typeof(DecisionsAnswer))]
[JsonSerializable(typeof(DecisionAnswer))]
[JsonSerializable(typeof(AuditPage))]
[JsonSerializable(typeof(DecisionPage))]
[JsonSerializable(typeof(ActionsAnswer))]
[JsonSerializable(typeof(ModerationResponse))]
[JsonSerializable(typeof(OpenAiError))]
[JsonSerializable(typeof(AnalyzeResponse))]
[JsonSerializable(typeof(SuggestScoreResponse))]
[JsonSerializable(typeof(PerspectiveError))]
[JsonSerializable(typeof(ErasureAnswer))]
[JsonSerializable(typeof(EventDetail))]
[JsonSerializable(typeof(ReleasesAnswer))]
[JsonSerializable(typeof(RolesAnswer))]
[JsonSerializable(typeof(RedecisionAnswer))]
[JsonSerializable(typeof(RedecisionsAnswer))]
[JsonSerializable(typeof(RedecisionPreview))]
[JsonSerializable(typeof(NextReviewAnswer))]
[JsonSerializable(typeof(LabelPage))]
[JsonSerializable(typeof(LabelsAdded))]
[JsonSerializable(typeof(EventBody))]
[JsonSerializable(typeof(WebhooksAnswer))]
[JsonSerializable(typeof(DeliveryPage))]
[JsonSerializable(typeof(ReplayAnswer))]
[JsonSerializable(typeof(KeysAnswer))]
[JsonSerializable(typeof(KeyAnswer))]
public sealed partial class ServerJson : JsonSerializerContext;
