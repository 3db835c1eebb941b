/* SPDX-License-Identifier: Apache-2.0 */
package io.github.camelclinicea.examples.fhir;

import ca.uhn.fhir.rest.annotation.ConditionalUrlParam;
import ca.uhn.fhir.rest.annotation.Create;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.RequiredParam;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.annotation.Update;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.exceptions.PreconditionFailedException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.util.UrlUtil;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;

/** Keeps the resources of one type in memory, with versions and conditional updates as FHIR R4 defines them. */
public class StoredResources<T extends DomainResource> implements IResourceProvider {
    private final Class<T> type;
    private final Map<String, T> byId = new LinkedHashMap<>();
    private int created;

    StoredResources(Class<T> type) {
        this.type = type;
    }

    @Override
    public Class<T> getResourceType() {
        return type;
    }

    /** Returns copies of all resources. */
    synchronized List<T> all() {
        return byId.values().stream()
                .map(resource -> type.cast(resource.copy()))
                .toList();
    }

    /** Stores a resource as another client would. */
    @Create
    public synchronized MethodOutcome create(@ResourceParam T resource) {
        return store(Integer.toString(++created), resource, 1);
    }

    synchronized void remove(String id) {
        byId.remove(id);
    }

    @Update
    public synchronized MethodOutcome update(
            @IdParam IdType id, @ResourceParam T resource, @ConditionalUrlParam String conditional) {
        if (conditional == null) {
            return replace(id, resource);
        }
        String query = conditional.substring(conditional.indexOf('?') + 1);
        TokenParam token = new TokenParam();
        token.setValueAsQueryToken(
                null, "identifier", null, UrlUtil.parseQueryString(query).get("identifier")[0]);
        List<T> matches = search(token);
        if (matches.size() > 1) {
            throw new PreconditionFailedException("Several match " + conditional);
        }
        return matches.isEmpty()
                ? create(resource)
                : replace(matches.get(0).getIdElement().toUnqualifiedVersionless(), resource);
    }

    private MethodOutcome replace(IdType id, T resource) {
        T existing = byId.get(id.getIdPart());
        if (existing == null) {
            throw new ResourceNotFoundException(id);
        }
        String version = existing.getIdElement().getVersionIdPart();
        if (id.hasVersionIdPart() && !id.getVersionIdPart().equals(version)) {
            throw new PreconditionFailedException("The version is " + version);
        }
        return store(id.getIdPart(), resource, Integer.parseInt(version) + 1);
    }

    private MethodOutcome store(String id, T resource, int version) {
        T stored = type.cast(resource.copy());
        stored.setId(new IdType(type.getSimpleName(), id, Integer.toString(version)));
        stored.getMeta().setVersionId(Integer.toString(version));
        byId.put(id, stored);
        return new MethodOutcome(stored.getIdElement(), version == 1).setResource(stored);
    }

    @Search
    public synchronized List<T> search(@RequiredParam(name = "identifier") TokenParam token) {
        List<T> matches = new ArrayList<>();
        for (T resource : byId.values()) {
            List<?> identifiers = resource.getNamedProperty("identifier").getValues();
            if (identifiers.stream()
                    .map(Identifier.class::cast)
                    .anyMatch(identifier -> token.getSystem().equals(identifier.getSystem())
                            && token.getValue().equals(identifier.getValue()))) {
                matches.add(resource);
            }
        }
        return matches;
    }
}
