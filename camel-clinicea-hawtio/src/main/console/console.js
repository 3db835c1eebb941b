import '@patternfly/react-core/dist/styles/base.css'
import '@hawtio/react/dist/index.css'
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { configManager, hawtio, registerPlugins } from '@hawtio/react'
import { Hawtio } from '@hawtio/react/ui'

configManager.addProductInfo('camel-clinicea', 'test')
registerPlugins()
hawtio.bootstrap().then(() => createRoot(document.getElementById('root')).render(createElement(Hawtio)))
